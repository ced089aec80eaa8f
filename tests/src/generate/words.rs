//! Invented names of people, employers and schools. None is taken from a person or a company; no name stands for an origin.
//! Words of one list are more than one letter apart, so that two different people or employers never agree by accident.

/// Given names.
pub(super) const GIVEN: [&str; 32] = [
    "Talvi",
    "Orenna",
    "Joskin",
    "Maridel",
    "Quillon",
    "Bexley",
    "Sunniva",
    "Dorian",
    "Elowen",
    "Fenwick",
    "Galatea",
    "Hollis",
    "Isolde",
    "Jarvik",
    "Kestrel",
    "Lysander",
    "Merrin",
    "Nerida",
    "Ottoline",
    "Peregrin",
    "Rosamar",
    "Saffron",
    "Tamsin",
    "Ulric",
    "Vespera",
    "Wilmot",
    "Xanthe",
    "Yorick",
    "Zephyra",
    "Ambrosia",
    "Callum",
    "Désirée",
];

/// Family names.
pub(super) const FAMILY: [&str; 32] = [
    "Brackwater",
    "Cindermoor",
    "Dunlocken",
    "Everholt",
    "Fallowby",
    "Grimsdale",
    "Hartlepin",
    "Inverwick",
    "Juniperson",
    "Kettleby",
    "Larkenfield",
    "Mosswright",
    "Nettlecombe",
    "Oakenshott",
    "Pellinore",
    "Quarrington",
    "Ravenscar",
    "Silverbrook",
    "Thistledown",
    "Umberleigh",
    "Vantongeren",
    "Winterbourne",
    "Yarrowdale",
    "Zimmerlund",
    "Ashgrove",
    "Bellweather",
    "Copperstone",
    "Drumlanrick",
    "Elmsworthy",
    "Foxglovian",
    "Goldenrod",
    "Hëathermoor",
];

/// First words of employers.
pub(super) const EMPLOYER: [&str; 32] = [
    "Bluefield",
    "Quarry",
    "Lantern",
    "Harbour",
    "Juniper",
    "Saltmarsh",
    "Copperline",
    "Northgate",
    "Willowbank",
    "Redstone",
    "Tidewater",
    "Greenloft",
    "Ironbridge",
    "Foxhollow",
    "Stargazer",
    "Millrace",
    "Cloudberry",
    "Pinecrest",
    "Sandbar",
    "Bramble",
    "Highmeadow",
    "Riverbend",
    "Oldforge",
    "Kingfisher",
    "Moonrake",
    "Thornbury",
    "Eastwind",
    "Goldcrest",
    "Paperkite",
    "Stonewheel",
    "Amberlight",
    "Driftwood",
];

/// Second words of employers.
pub(super) const TRADE: [&str; 12] = [
    "Software",
    "Foods",
    "Logistics",
    "Health",
    "Analytics",
    "Payments",
    "Energy",
    "Robotics",
    "Insurance",
    "Media",
    "Travel",
    "Labs",
];

/// Employers that no honest application names: their words stand in no list above.
pub(super) const OTHER_EMPLOYER: [&str; 8] = [
    "Velvet Anchor",
    "Crimson Meridian",
    "Nimbus Orchard",
    "Hollow Compass",
    "Silent Turbine",
    "Marble Heron",
    "Frozen Lattice",
    "Wandering Pylon",
];

/// Schools.
pub(super) const SCHOOL: [&str; 10] = [
    "Northfield College",
    "Lakeview Institute",
    "Brindle State University",
    "Hawthorn Polytechnic",
    "Eastmere University",
    "Cobalt Valley College",
    "Summerset University",
    "Larch Hill Institute",
    "Old Harbour College",
    "Whitepeak University",
];

/// Schools that no honest application names.
pub(super) const OTHER_SCHOOL: [&str; 4] =
    ["Zinnia Conservatory", "Kelpworth Academy", "Mistral Seminary", "Obsidian Faculty"];

/// Subjects.
pub(super) const AREA: [&str; 8] = [
    "Computer Science",
    "Mathematics",
    "Biology",
    "Economics",
    "Design",
    "Electrical Engineering",
    "Physics",
    "Business Administration",
];

/// Titles of jobs that are one person's whole job.
pub(super) const POSITION: [&str; 10] = [
    "Software Engineer",
    "Data Analyst",
    "Product Designer",
    "Systems Administrator",
    "Backend Developer",
    "Support Engineer",
    "Quality Engineer",
    "Project Manager",
    "Accountant",
    "Network Engineer",
];

/// Technologies with the year from which work with them is possible, where they have one.
pub(super) const SKILL: [(&str, i32); 14] = [
    ("SQL", 1986),
    ("Java", 1995),
    ("Linux", 1991),
    ("Perl", 1987),
    ("Excel", 1985),
    ("PostgreSQL", 1996),
    ("C++", 1985),
    ("JavaScript", 1995),
    ("TypeScript", 2012),
    ("Docker", 2013),
    ("Kubernetes", 2014),
    ("Terraform", 2014),
    ("GraphQL", 2015),
    ("Python", 1991),
];

/// What was done in a job.
pub(super) const DEED: [&str; 8] = [
    "Moved the reports to",
    "Built the booking service with",
    "Kept the billing system running on",
    "Wrote tools in",
    "Trained the team in",
    "Replaced the old forms with",
    "Cut the cost of hosting with",
    "Tested the shop with",
];
