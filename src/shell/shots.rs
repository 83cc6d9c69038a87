//! Every screen, size, text size, contrast and language as a PNG file.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use iced::Size;

use super::guest_side::GuestSide;
use super::headless::Stage;
use super::model::Model;
use super::screen::{self, Action, Kind, Message, Screen, choosing};
use super::theme::Tokens;
use super::tools::Tool;
use super::{focus, sample, sample_visit, shots_staff, shots_visit};
use crate::catalogue::GroupId;
use crate::config::TextSize;
use crate::shell::kit::Element;
use crate::visit::{Quarantine, View};
use crate::wording::{Lang, Wording};

const SIZES: [(u16, u16); 3] = [(1024, 768), (1280, 720), (1920, 1080)];
const TEXTS: [TextSize; 3] = [TextSize::Normal, TextSize::Large, TextSize::Largest];

/// Why pictures could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be written.
    #[error("writing the pictures: {0}")]
    Io(#[from] io::Error),
    /// A picture could not be encoded.
    #[error("encoding a picture: {0}")]
    Png(#[from] png::EncodingError),
    /// The software renderer is missing.
    #[error("drawing without a window is not possible here")]
    NoRenderer,
}

/// The screens to draw, by name.
fn subjects() -> Vec<(&'static str, View, Option<choosing::Message>)> {
    let choosing = View::Choosing;
    let query = |text: &str| Some(choosing::Message::Query(text.to_owned()));
    vec![
        ("00-starting", View::Auditing { after_visit: false }, None),
        ("01-welcome", View::Welcome { after_visit: false }, None),
        ("02-notice", View::Notice, None),
        ("03-choosing", choosing, None),
        (
            "03-choosing-group",
            choosing,
            Some(choosing::Message::Group(GroupId(1))),
        ),
        ("03-choosing-plus", choosing, query("formation")),
        ("03-choosing-nothing", choosing, query("zzz")),
        (
            "03-choosing-calling",
            choosing,
            Some(choosing::Message::Tool(Tool::Help)),
        ),
        ("08-wiping", View::Wiping { attempt: 1 }, None),
        ("08-checking", View::Auditing { after_visit: true }, None),
        ("09-clean", View::Welcome { after_visit: true }, None),
        (
            "10-quarantined",
            View::Quarantined(Quarantine::Residue),
            None,
        ),
    ]
}

/// Writes every picture under `out`, or those of the folders whose name contains `only`, and
/// returns how many there are.
///
/// # Errors
/// When a file cannot be written.
pub fn all(out: &Path, only: Option<&str>) -> Result<usize, Error> {
    let mut count = 0;
    for (width, height) in SIZES {
        for text in TEXTS {
            for contrast in [false, true] {
                for lang in Lang::ALL {
                    let look = if contrast { "-contrast" } else { "" };
                    let folder =
                        format!("{width}x{height}-{}{look}-{}", text.percent(), lang.tag());
                    if only.is_some_and(|only| !folder.contains(only)) {
                        continue;
                    }
                    let size = Size::new(width.into(), height.into());
                    count += folder_of(&out.join(folder), size, |model| {
                        (model.text, model.contrast, model.lang) = (text, contrast, lang);
                    })?;
                }
            }
        }
    }
    Ok(count)
}

fn folder_of(folder: &Path, size: Size, set: impl Fn(&mut Model)) -> Result<usize, Error> {
    std::fs::create_dir_all(folder)?;
    let subjects = subjects();
    let count = subjects.len();
    let mut stage = Stage::new(size).ok_or(Error::NoRenderer)?;
    for (name, view, before) in subjects {
        let mut model = sample::model(view, size);
        set(&mut model);
        let clean_due = view == View::Welcome { after_visit: true };
        let mut screen = Screen::new(Kind::of(&model, clean_due));
        if let (Screen::Choosing(choosing), Some(message)) = (&mut screen, before) {
            if let Action::Tool(tool) = choosing.update(message) {
                tool.apply(&mut model);
                screen = Screen::new(Kind::of(&model, clean_due));
            }
        }
        one(
            &mut stage,
            &screen,
            &model,
            None,
            &folder.join(name).with_extension("png"),
        )?;
    }
    out_of_service(
        &mut stage,
        &folder.join("11-out-of-service.png"),
        size,
        &set,
    )?;
    Ok(count + 1 + visit(&mut stage, folder, size, set)?)
}

/// What a house with two mistakes in its files shows: always the same look, as on a station.
fn out_of_service(
    stage: &mut Stage,
    path: &Path,
    size: Size,
    set: impl Fn(&mut Model),
) -> Result<(), Error> {
    let mut model = sample::model(View::Notice, size);
    set(&mut model);
    let tokens = Tokens::new(size, model.text, model.contrast, model.rtl());
    let wording = Wording::embedded();
    let lines = sample::broken().lines(&wording, Lang::Fr);
    let shown: Element<'_, ()> = screen::out_of_service::view(tokens, &wording, lines);
    write(path, size, &stage.draw(tokens, shown))
}

/// The screens inside a visit, with a guest that is a drawing.
fn visit(
    stage: &mut Stage,
    folder: &Path,
    size: Size,
    set: impl Fn(&mut Model),
) -> Result<usize, Error> {
    let mut subjects = shots_visit::subjects();
    subjects.extend(shots_staff::subjects());
    let count = subjects.len();
    for subject in subjects {
        let mut model = sample::model(subject.view, size);
        set(&mut model);
        (subject.set)(&mut model);
        let beside = sample_visit::drawn(&model).ok_or(Error::NoRenderer)?;
        let mut screen = Screen::new(Kind::of(&model, false));
        for message in subject.said {
            screen.update(message, &mut model, &beside);
        }
        let path = folder.join(subject.name).with_extension("png");
        one(stage, &screen, &model, Some(&beside), &path)?;
    }
    Ok(count)
}

fn one(
    stage: &mut Stage,
    screen: &Screen,
    model: &Model,
    side: Option<&GuestSide>,
    path: &Path,
) -> Result<(), Error> {
    let pixels = stage.draw(model.tokens(), framed(screen, model, side));
    write(path, model.size, &pixels)
}

fn write(path: &Path, size: Size, pixels: &[u8]) -> Result<(), Error> {
    let mut encoder = png::Encoder::new(
        BufWriter::new(File::create(path)?),
        size.width as u32,
        size.height as u32,
    );
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::Fast);
    encoder.write_header()?.write_image_data(pixels)?;
    Ok(())
}

fn framed<'a>(
    screen: &'a Screen,
    model: &'a Model,
    side: Option<&'a GuestSide>,
) -> Element<'a, Option<Message>> {
    let content = screen.view(model, side).map(Some);
    focus::frame(screen.key(model), screen.start(model), content, |_| None)
        .from_right(model.tokens().rtl)
        .into()
}
