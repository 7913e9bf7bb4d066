//! Who may do what, decided in one place and as pure functions.
//!
//! Two steps: a [`Rule`] opens or closes a whole route, and the functions here decide about one object.
//! Several hats are the union of what each may do. What is closed to an actor looks as if it did not exist.

use crate::curriculum::model::Language;

/// Somebody who is signed in, as of this very request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person's id.
    pub id: i64,
    pub name: String,
    pub language: Language,
    pub hats: Hats,
    /// Ids of the units the person manages; those below them come with the tree.
    pub manages: Vec<i64>,
}

/// What a person is trusted with, beside being a manager.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hats {
    /// Accounts, imports, mail.
    pub administrator: bool,
    /// Curriculum, editions, attendance.
    pub developer: bool,
    pub coach: bool,
}

impl Actor {
    pub fn is_manager(&self) -> bool {
        !self.manages.is_empty()
    }

    /// A manager of any of these units.
    pub fn manages_any(&self, units: &[i64]) -> bool {
        units.iter().any(|unit| self.manages.contains(unit))
    }
}

/// A person as policy needs to know them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    pub id: i64,
    /// The units from which the person is managed: see `organisation::subject`.
    pub units: Vec<i64>,
}

/// Path, assignments and record: the person, the managers above, developers and administrators.
pub fn sees_person(actor: &Actor, subject: &Subject) -> bool {
    actor.id == subject.id || actor.manages_any(&subject.units) || sees_everyone(actor)
}

/// Lists and search over the whole region.
pub fn sees_everyone(actor: &Actor) -> bool {
    actor.hats.developer || actor.hats.administrator
}

/// The team page of a unit: its managers, those above it, developers and administrators.
/// `units` is the unit and all above it.
pub fn sees_unit(actor: &Actor, units: &[i64]) -> bool {
    actor.manages_any(units) || sees_everyone(actor)
}

/// Notes for trainers: developers and coaches.
pub fn trains(actor: &Actor) -> bool {
    actor.hats.developer || actor.hats.coach
}

/// What is addressed to somebody, on that person's own pages.
pub fn owns(actor: &Actor, person: Option<i64>) -> bool {
    person == Some(actor.id)
}

/// Giving and ending roles by hand: developers; managers for those below them. Nobody for themselves.
pub fn assigns(actor: &Actor, subject: &Subject) -> bool {
    actor.id != subject.id && (actor.hats.developer || actor.manages_any(&subject.units))
}

/// Asking for seats and giving them back: for oneself, for those one manages, and developers for everybody.
pub fn books(actor: &Actor, subject: &Subject) -> bool {
    actor.id == subject.id || actor.manages_any(&subject.units) || actor.hats.developer
}

/// Marking who was there: developers, and whoever trains at the occasion. Nobody marks themselves.
pub fn leads_occasion(actor: &Actor, trainers: &[i64]) -> bool {
    actor.hats.developer || trainers.contains(&actor.id)
}

/// Days away, seen and noted: the person, and the managers above.
pub fn notes_absence(actor: &Actor, subject: &Subject) -> bool {
    actor.id == subject.id || actor.manages_any(&subject.units)
}

/// Assessing a test, an assignment or an observation: developers, and whoever trains the person in the module; what is
/// observed also the managers above. Nobody assesses themselves.
pub fn assesses(actor: &Actor, subject: &Subject, observed: bool, trained_by: &[i64]) -> bool {
    let may = leads_occasion(actor, trained_by) || observed && actor.manages_any(&subject.units);
    actor.id != subject.id && may
}

/// Recording by hand what somebody has achieved: developers, never for themselves.
pub fn records(actor: &Actor, subject: &Subject) -> bool {
    actor.id != subject.id && actor.hats.developer
}

/// A request to have a module recognised, as policy needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Whom it is about.
    pub subject: Subject,
    pub asked_by: i64,
}

/// Asking to have recognised what somebody knows already: the person, and the managers above.
pub fn claims(actor: &Actor, subject: &Subject) -> bool {
    actor.id == subject.id || actor.manages_any(&subject.units)
}

/// Changing, asking and withdrawing: the person it is about, and the manager who asked, as long as she is one.
pub fn writes_claim(actor: &Actor, claim: &Claim) -> bool {
    actor.id == claim.subject.id || actor.id == claim.asked_by && actor.manages_any(&claim.subject.units)
}

/// Accepting, returning and declining: developers, and whoever is named for the module (`delegated`). Never about
/// oneself, nor about what one has asked for.
pub fn decides_claim(actor: &Actor, claim: &Claim, delegated: bool) -> bool {
    actor.id != claim.subject.id && actor.id != claim.asked_by && (actor.hats.developer || delegated)
}

/// A piece of evidence from somebody's own work, as policy needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Whose work it is.
    pub subject: Subject,
    pub added_by: i64,
    /// Who is asked to attest it, or has, and still may.
    pub attesters: Vec<i64>,
}

/// Changing and removing: whose work it is, and the manager who added it, as long as she is one.
pub fn keeps_evidence(actor: &Actor, piece: &Evidence) -> bool {
    actor.id == piece.subject.id || actor.id == piece.added_by && actor.manages_any(&piece.subject.units)
}

/// Reading: those who keep it, whoever is asked to attest it, developers, and whoever decides about a request in which
/// it is shown (`decides`). Not every manager above: work is shown to those whom it was shown to.
pub fn reads_evidence(actor: &Actor, piece: &Evidence, decides: bool) -> bool {
    keeps_evidence(actor, piece) || piece.attesters.contains(&actor.id) || actor.hats.developer || decides
}

/// Giving and taking hats: administrators, never their own.
pub fn gives_hats(actor: &Actor, subject: &Subject) -> bool {
    actor.id != subject.id && actor.hats.administrator
}

/// A condition for reaching a route at all. Every route names exactly one.
pub trait Rule: Copy + Send + Sync + 'static {
    /// As it stands in the reviewed matrix.
    const NAME: &'static str;
    /// What the handler gets: the actor, or for open routes perhaps none.
    type Who: Send + 'static;
    /// `None` closes the route: sign-in is asked for when nobody is signed in, else it is not found.
    fn admit(actor: Option<Actor>) -> Option<Self::Who>;
}

/// Declares a rule that needs an actor and a condition.
macro_rules! rule {
    ($(#[$doc:meta])* $name:ident, $text:literal, $condition:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Rule for $name {
            const NAME: &'static str = $text;
            type Who = Actor;

            fn admit(actor: Option<Actor>) -> Option<Actor> {
                let condition: fn(&Actor) -> bool = $condition;
                actor.filter(condition)
            }
        }
    };
}

rule!(
    /// Anybody who is signed in.
    SignedIn, "signed in", |_| true);
rule!(
    /// Somebody who manages a unit, or sees everyone.
    Leads, "manager, developer or administrator", |a| a.is_manager() || sees_everyone(a));
rule!(
    /// Whoever designs the curriculum and runs editions.
    Developer, "developer", |a| a.hats.developer);
rule!(
    /// Whoever looks after accounts and mail.
    Administrator, "administrator", |a| a.hats.administrator);
rule!(
    /// Developers and administrators.
    Staff, "developer or administrator", sees_everyone);

/// Open to everybody, signed in or not.
#[derive(Debug, Clone, Copy)]
pub struct Anyone;

impl Rule for Anyone {
    const NAME: &'static str = "anyone";
    type Who = Option<Actor>;

    fn admit(actor: Option<Actor>) -> Option<Option<Actor>> {
        Some(actor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(id: i64, manages: &[i64]) -> Actor {
        Actor { id, name: "Prov".into(), language: Language::Sv, hats: Hats::default(), manages: manages.into() }
    }

    fn subject(id: i64, units: &[i64]) -> Subject {
        Subject { id, units: units.into() }
    }

    #[test]
    fn a_person_sees_only_oneself_without_any_hat() {
        assert!(sees_person(&actor(1, &[]), &subject(1, &[10])));
        assert!(!sees_person(&actor(1, &[]), &subject(2, &[10])));
    }

    #[test]
    fn what_is_addressed_to_nobody_is_nobodys_own() {
        assert!(owns(&actor(1, &[]), Some(1)));
        assert!(!owns(&actor(1, &[]), Some(2)) && !owns(&actor(1, &[]), None));
    }

    #[test]
    fn a_manager_sees_those_below_and_nobody_beside() {
        let manager = actor(1, &[10]);
        assert!(sees_person(&manager, &subject(2, &[30, 20, 10])));
        assert!(!sees_person(&manager, &subject(2, &[40, 11])));
    }

    #[test]
    fn nobody_gives_themselves_a_role_a_hat_or_an_achievement() {
        let mut all = actor(1, &[10]);
        all.hats = Hats { administrator: true, developer: true, coach: true };
        assert!(!assigns(&all, &subject(1, &[10])));
        assert!(!gives_hats(&all, &subject(1, &[10])));
        assert!(!records(&all, &subject(1, &[10])));
        assert!(assigns(&all, &subject(2, &[])));
    }

    #[test]
    fn nobody_decides_about_themselves_or_about_what_they_asked_for() {
        let mut developer = actor(1, &[10]);
        developer.hats.developer = true;
        let claim = |person, asked_by| Claim { subject: subject(person, &[10]), asked_by };
        assert!(!decides_claim(&developer, &claim(1, 2), true));
        assert!(!decides_claim(&developer, &claim(2, 1), true));
        assert!(decides_claim(&developer, &claim(2, 2), false));
        assert!(decides_claim(&actor(3, &[]), &claim(2, 2), true));
        assert!(!decides_claim(&actor(3, &[]), &claim(2, 2), false));
        assert!(writes_claim(&developer, &claim(2, 1)) && !writes_claim(&developer, &claim(2, 3)));
        assert!(!writes_claim(&actor(1, &[]), &claim(2, 1)), "whoever is no longer the manager");
    }

    #[test]
    fn evidence_is_read_by_those_it_was_shown_to_and_no_manager_else() {
        let piece = Evidence { subject: subject(2, &[10]), added_by: 2, attesters: vec![5] };
        let readers: Vec<i64> = (1..7).filter(|id| reads_evidence(&actor(*id, &[10]), &piece, false)).collect();
        assert_eq!(readers, [2, 5]);
        assert!(reads_evidence(&actor(3, &[]), &piece, true));
        assert!(!keeps_evidence(&actor(5, &[10]), &piece), "whoever attests changes nothing");
    }

    #[test]
    fn an_occasion_is_led_by_developers_and_its_own_trainers() {
        let mut coach = actor(1, &[10]);
        coach.hats.coach = true;
        assert!(leads_occasion(&coach, &[3, 1]));
        assert!(!leads_occasion(&coach, &[3]) && !leads_occasion(&coach, &[]));
        coach.hats.developer = true;
        assert!(leads_occasion(&coach, &[]));
    }

    #[test]
    fn nobody_assesses_themselves_and_managers_only_what_is_observed() {
        let manager = actor(1, &[10]);
        assert!(assesses(&manager, &subject(2, &[10]), true, &[]));
        assert!(!assesses(&manager, &subject(2, &[10]), false, &[]));
        assert!(!assesses(&manager, &subject(2, &[11]), true, &[]));
        assert!(assesses(&actor(3, &[]), &subject(2, &[]), false, &[3]));
        let mut all = actor(1, &[10]);
        all.hats = Hats { administrator: true, developer: true, coach: true };
        assert!(!assesses(&all, &subject(1, &[10]), true, &[1]));
    }

    #[test]
    fn a_closed_rule_admits_nobody_who_lacks_the_hat() {
        assert!(Developer::admit(Some(actor(1, &[10]))).is_none());
        assert!(Leads::admit(Some(actor(1, &[10]))).is_some());
        assert!(Leads::admit(Some(actor(1, &[]))).is_none());
        assert!(SignedIn::admit(None).is_none());
        assert!(Anyone::admit(None).is_some());
    }
}
