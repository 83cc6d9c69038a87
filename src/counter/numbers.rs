//! The house's numbers for its staff: how the counting fares, the board, and exports.

use std::time::Duration;

use super::{Act, Counter, Role, StatisticsState};
use crate::bulletin::{self, Format, House};
use crate::config::Config;
use crate::custodian::{Command, Paper, Stick};
use crate::guardian::Word;
use crate::usage::{self, Board, ExportError, Period, Tray};
use crate::visit::View;
use crate::wording::Lang;

/// How long a stick may take for a few small files before the journal says that they did not arrive.
const PATIENCE: Duration = Duration::from_mins(5);

/// How often it is asked whether they have.
const LOOK: Duration = Duration::from_millis(50);

/// The form that staff choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The page to pin up.
    Page,
    /// The table for a spreadsheet.
    Table,
    /// The report in the words of La Coop.
    Coop,
    /// All three.
    All,
}

impl Shape {
    /// Every form, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::Page, Self::Table, Self::Coop, Self::All];

    const fn formats(self) -> &'static [Format] {
        match self {
            Self::Page => &[Format::Pdf],
            Self::Table => &[Format::Csv],
            Self::Coop => &[Format::Json],
            Self::All => &Format::ALL,
        }
    }
}

/// Where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The folder of the configuration.
    Folder,
    /// The stick that staff plugged in.
    Stick,
}

/// What staff want out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Export {
    /// A month or a quarter that is over.
    pub period: Period,
    /// In which form.
    pub shape: Shape,
    /// Where to.
    pub way: Way,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exported {
    /// The files are there.
    Done,
    /// They are on their way to the stick, whose own state says the rest.
    OnTheWay,
    /// Somebody is there: nothing goes to a stick between a visitor's beginning and their wipe.
    NotNow,
    /// The numbers cannot be protected: nothing leaves.
    Withheld,
    /// There is no such place, or it cannot be written to.
    NoPlace,
    /// There is nothing to export, or the station's own folder cannot be used.
    Nothing,
}

impl Counter {
    fn tray(&self) -> Option<&Tray> {
        self.0.statistics.as_ref()
    }

    /// How the counting fares.
    #[must_use]
    pub fn statistics(&self) -> StatisticsState {
        let Some(tray) = self.tray() else {
            return StatisticsState::NotKept;
        };
        let keeping = tray.keeping();
        if keeping.unwritten {
            return StatisticsState::InMemory;
        }
        if keeping.aside.is_empty() {
            return StatisticsState::Kept;
        }
        let files = keeping.aside.iter();
        StatisticsState::SetAside {
            files: files.map(|file| file.display().to_string()).collect(),
        }
    }

    /// The last twelve complete months; empty before the first. Takes a noticeable part of a
    /// second: not from a thread that draws.
    #[must_use]
    pub fn board(&self) -> Option<Board> {
        let book = usage::look(self.tray()?.directory())
            .inspect_err(|error| tracing::warn!(%error, "no board"))
            .ok()?;
        let Some(book) = book else {
            return Some(Board::default());
        };
        let thresholds = self.counting().statistics.thresholds;
        let mut board = Board::of(&book, thresholds)
            .inspect_err(|error| tracing::warn!(%error, "no board"))
            .ok()?;
        let year = book.written().year();
        board.budget = usage::budget(self.tray()?.directory(), year, thresholds.privacy())
            .inspect_err(|error| tracing::warn!(%error, "no budget"))
            .ok()
            .flatten();
        Some(board)
    }

    /// Exports what may leave, and writes down what became of it once that is known. Not from a thread
    /// that draws.
    #[must_use]
    pub fn export(&self, wanted: Export, lang: Lang) -> Exported {
        let Some(tray) = self.tray() else {
            return Exported::Nothing;
        };
        let config = self.counting();
        let thresholds = config.statistics.thresholds;
        let release = match usage::export(tray.directory(), wanted.period, thresholds) {
            Ok(release) => release,
            Err(error) => {
                tracing::warn!(%error, "no export");
                return match error {
                    ExportError::Withheld(_) => Exported::Withheld,
                    ExportError::Nothing | ExportError::Disk(_) => Exported::Nothing,
                };
            }
        };
        let formats = wanted.shape.formats();
        let house = house(&config);
        let placed = bulletin::files(formats, &release, house, &config.wording, lang)
            .and_then(|files| match (wanted.way, &config.statistics.folder) {
                (Way::Folder, Some(folder)) => {
                    bulletin::save(folder, &files).map(|_| Exported::Done)
                }
                (Way::Folder, None) => Ok(Exported::NoPlace),
                (Way::Stick, _) => Ok(self.to_stick(files)),
            })
            .inspect_err(|error| tracing::warn!(%error, "no export"))
            .unwrap_or(Exported::NoPlace);
        if placed == Exported::Done {
            self.wrote(Role::Staff, Act::Exported);
        }
        placed
    }

    /// Files for the stick of staff: the custodian mounts it, between two visits alone.
    fn to_stick(&self, files: Vec<(String, Vec<u8>)>) -> Exported {
        let published = self.0.guardian.published();
        match published.view {
            View::Welcome { .. } => {}
            View::Auditing { .. }
            | View::Notice
            | View::Choosing
            | View::Guest(_)
            | View::Farewell(_)
            | View::Wiping { .. }
            | View::Quarantined(_) => return Exported::NotNow,
        }
        if matches!(published.stick, Stick::Absent | Stick::Never) {
            return Exported::NoPlace;
        }
        let papers = files.into_iter().map(|(name, pdf)| Paper { name, pdf });
        let command = Command::Deliver(papers.collect());
        let (counter, before) = (self.clone(), published.delivered.ended);
        let thread = std::thread::Builder::new().name("export".to_owned());
        let watching = thread.spawn(move || {
            let act = counter.arrived(before, PATIENCE);
            counter.wrote(Role::Staff, act);
        });
        if watching.is_err() {
            // Nothing leaves that would not be written down.
            return Exported::Nothing;
        }
        self.0.guardian.tell(Word::Take(command));
        Exported::OnTheWay
    }

    /// Waits until the custodian has said how it ended. What it does not say has not arrived.
    fn arrived(&self, before: u32, patience: Duration) -> Act {
        let looks = patience.as_millis() / LOOK.as_millis();
        for _ in 0..looks {
            let delivered = self.0.guardian.published().delivered;
            if delivered.ended > before {
                return if delivered.whole {
                    Act::Exported
                } else {
                    Act::ExportFailed
                };
            }
            std::thread::sleep(LOOK);
        }
        Act::ExportFailed
    }
}

const fn house(config: &Config) -> House<'_> {
    House {
        name: config.place.name.as_str(),
        id: config.statistics.place_id.as_str(),
    }
}
