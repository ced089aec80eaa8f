//! The shape of a generated application: the fields of `rulesets/applicant-fraud/record.indicia` that the generator fills,
//! under the names that the input has. Empty fields are left out.

use serde::Serialize;

macro_rules! shape {
    ($($(#[$doc:meta])* $name:ident { $($field:ident $(as $key:literal)?: $ty:ty),* $(,)? })*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, Serialize)]
        #[expect(missing_docs, reason = "the fields are those of the record, which describes them")]
        pub struct $name {
            $(#[serde(skip_serializing_if = "Absent::absent" $(, rename = $key)?)] pub $field: $ty,)*
        }
        impl Absent for $name {
            fn absent(&self) -> bool {
                $(self.$field.absent())&&*
            }
        }
    )* };
}

/// Whether a field is left out.
trait Absent {
    fn absent(&self) -> bool;
}

impl Absent for String {
    fn absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Absent for Option<T> {
    fn absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Vec<T> {
    fn absent(&self) -> bool {
        self.is_empty()
    }
}

shape! {
    /// One application.
    Application {
        id: String,
        submitted: String,
        form: Claim,
        resume: Claim,
        profile: Claim,
        sessions: Vec<Session>,
        changes: Vec<Change>,
        phone_facts: PhoneFacts,
        email_facts: EmailFacts,
        identity_check: IdentityCheck,
        checks: Vec<Check>,
        files: Vec<File>,
        injected as "_injected": String,
    }
    /// What one source says.
    Claim {
        name: String,
        email: String,
        phone: String,
        phone_entry: String,
        location: Place,
        years_claimed: Option<i32>,
        skills: Vec<Skill>,
        education: Vec<School>,
        work: Vec<Job>,
        profiles: Vec<Profile>,
        references: Vec<Referee>,
    }
    /// Where somebody lives.
    Place { city: String, region: String, postal_code: String, country: String }
    /// A skill.
    Skill { name: String, years: Option<i32> }
    /// A time at a school.
    School { institution: String, area: String, study_type: String, start as "startDate": String, end as "endDate": String }
    /// A job.
    Job {
        name: String,
        position: String,
        contract: String,
        start as "startDate": String,
        end as "endDate": String,
        summary: String,
    }
    /// A profile on another site, and what the caller knows of its history.
    Profile {
        network: String,
        url: String,
        created: String,
        last_activity_before: String,
        reactivated: String,
        changes: Vec<Change>,
        connections: Option<i32>,
    }
    /// A referee.
    Referee { name: String, organisation: String, email: String, phone: String }
    /// A session.
    Session {
        at: String,
        until: String,
        ip: String,
        country: String,
        kind: String,
        timezone: String,
        remote_tool: String,
        form_seconds: Option<i32>,
        paste_share: Option<f64>,
    }
    /// A detail that was replaced.
    Change { field: String, at: String }
    /// Facts about the phone number.
    PhoneFacts { line: String, activated: String }
    /// Facts about the mail address.
    EmailFacts { deliverable: Option<bool>, first_seen: String }
    /// The result of an identity check.
    IdentityCheck { status: String, name: String }
    /// An answer of a school or employer.
    Check { kind: String, subject: String, result: String }
    /// A file.
    File { kind: String, author: String, created: String }
}
