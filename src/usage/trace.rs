//! What is remembered of a visit while it lasts, so that its line can be made at its end. It knows
//! durations, never a time of day, and is dropped with the visit.

use std::time::Duration;

use super::line::{
    Consentement, Duree, Effacement, Fin, Issue, Line, Mode, Operateur, Orientation, Posture,
    Thematique,
};

/// What a destination is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The subject.
    pub thematique: Thematique,
    /// With whom.
    pub operateur: Operateur,
}

impl Subject {
    /// Free browsing.
    pub const FREE: Self = Self {
        thematique: Thematique::NavigationSurInternet,
        operateur: Operateur::Aucun,
    };
    /// The practice démarche.
    pub const PRACTICE: Self = Self {
        thematique: Thematique::PrendreEnMainDuMateriel,
        operateur: Operateur::Aucun,
    };
}

/// What the visitor, or the helper beside them, says at the farewell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// "Ne pas compter ma visite" (false), or count it after all (true).
    Count(bool),
    /// What the helper did.
    Posture(Option<Posture>),
    /// What it was about.
    Thematique(Thematique),
    /// What came of it.
    Issue(Issue),
    /// Where the visitor was sent.
    Orientation(Option<Orientation>),
}

/// The line as the farewell shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The line, if the wipe goes well.
    pub line: Line,
    /// Whether it will be counted.
    pub counted: bool,
}

/// A visit under way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "five facts that are or are not"
)]
pub struct Trace {
    began: Duration,
    ended: Option<(Duration, Fin)>,
    subject: Subject,
    asked: bool,
    granted: bool,
    taken_back: bool,
    mandate: bool,
    /// Since when a helper acts.
    acts: Option<Duration>,
    acted: Duration,
    refused: bool,
    thematique: Option<Thematique>,
    posture: Option<Posture>,
    issue: Issue,
    orientation: Option<Orientation>,
}

impl Trace {
    /// A visit that begins. `now` is any monotonic time.
    #[must_use]
    pub const fn begin(subject: Subject, now: Duration) -> Self {
        Self {
            began: now,
            ended: None,
            subject,
            asked: false,
            granted: false,
            taken_back: false,
            mandate: false,
            acts: None,
            acted: Duration::ZERO,
            refused: false,
            thematique: None,
            posture: None,
            issue: Issue::NonRenseigne,
            orientation: None,
        }
    }

    /// The visitor is at this démarche now; the last one counts.
    pub const fn at(&mut self, subject: Subject) {
        self.subject = subject;
        self.ended = None;
    }

    /// A helper asked for the hand.
    pub const fn asked(&mut self) {
        self.asked = true;
    }

    /// The visitor said yes; `acts` when the helper may type and click.
    pub fn granted(&mut self, acts: bool, now: Duration) {
        self.granted = true;
        self.acts = acts.then_some(now);
    }

    /// The helper has the hand no more; `taken` when the visitor took it back.
    pub fn hand_back(&mut self, taken: bool, now: Duration) {
        self.taken_back |= taken;
        if let Some(since) = self.acts.take() {
            self.acted += now.saturating_sub(since);
        }
    }

    /// A mandate was printed.
    pub const fn mandate(&mut self) {
        self.mandate = true;
    }

    /// The farewell has come.
    pub const fn end(&mut self, fin: Fin, now: Duration) {
        self.ended = Some((now, fin));
    }

    /// Something was said about the line.
    pub fn note(&mut self, note: Note) {
        match note {
            Note::Count(counted) => self.refused = !counted,
            Note::Posture(posture) => self.posture = posture,
            Note::Thematique(thematique) => self.thematique = Some(thematique),
            Note::Issue(issue) => {
                self.issue = issue;
                if issue != Issue::Orientee {
                    self.orientation = None;
                }
            }
            Note::Orientation(orientation) => self.orientation = orientation,
        }
    }

    /// The line of a visit that has ended, unless the visitor refuses that it is counted.
    #[must_use]
    pub fn line(&self, effacement: Effacement) -> Option<Line> {
        let line = self.any_line(effacement)?;
        (!self.refused).then_some(line)
    }

    /// The line as the visitor sees it.
    #[must_use]
    pub fn preview(&self) -> Option<Preview> {
        Some(Preview {
            line: self.any_line(Effacement::Ok)?,
            counted: !self.refused,
        })
    }

    fn any_line(&self, effacement: Effacement) -> Option<Line> {
        let (ended, fin) = self.ended?;
        let lasted = ended.saturating_sub(self.began);
        Some(Line {
            mode: self.mode(lasted),
            posture: self.posture,
            thematique: self.thematique.unwrap_or(self.subject.thematique),
            operateur: self.subject.operateur,
            duree: band(lasted),
            issue: self.issue,
            orientation: self.orientation,
            consentement: self.consentement(),
            fin,
            effacement,
        })
    }

    /// By the time that a helper acted: half of the visit or more is "entirely".
    fn mode(&self, lasted: Duration) -> Mode {
        if !self.granted {
            Mode::Autonome
        } else if !self.acted.is_zero() && self.acted * 2 >= lasted {
            Mode::EntierementAccompagne
        } else {
            Mode::PartiellementAutonome
        }
    }

    const fn consentement(&self) -> Consentement {
        match (self.asked, self.granted) {
            (_, true) if self.taken_back => Consentement::Retire,
            (_, true) if self.mandate => Consentement::MandatImprime,
            (_, true) => Consentement::Accorde,
            (true, false) => Consentement::Refuse,
            (false, false) => Consentement::NonDemande,
        }
    }
}

/// The bands of La Coop.
fn band(lasted: Duration) -> Duree {
    match lasted.as_secs() / 60 {
        0..30 => Duree::Lt30,
        30..60 => Duree::De30A60,
        60..120 => Duree::De60A120,
        _ => Duree::Ge120,
    }
}
