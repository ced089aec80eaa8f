//! Domain values: phones, mail addresses, dates, names. Each total: any text in, a value or a finding out.
