//! Every screen, size, text size, contrast and language as a PNG file.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use iced::{Size};

use crate::shell::kit::Element;
use super::headless::Stage;
use super::model::Model;
use super::screen::{Message, Screen};
use super::{focus, sample};
use crate::config::TextSize;
use crate::visit::View;
use crate::wording::Lang;

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
fn subjects() -> Vec<(&'static str, View)> {
    vec![
        ("welcome", View::Welcome { after_visit: false }),
        ("notice", View::Notice),
    ]
}

/// Writes every picture under `out` and returns how many there are.
///
/// # Errors
/// When a file cannot be written.
pub fn all(out: &Path) -> Result<usize, Error> {
    std::fs::create_dir_all(out)?;
    let mut count = 0;
    for (name, view) in subjects() {
        for (width, height) in SIZES {
            for text in TEXTS {
                for contrast in [false, true] {
                    for lang in Lang::ALL {
                        let mut model = sample::model(view, Size::new(width.into(), height.into()));
                        (model.text, model.contrast, model.lang) = (text, contrast, lang);
                        let look = if contrast { "-contrast" } else { "" };
                        let file = format!("{name}-{width}x{height}-{}{look}-{}.png", text.percent(), lang.tag());
                        one(&model, &out.join(file))?;
                        count += 1;
                    }
                }
            }
        }
    }
    Ok(count)
}

fn one(model: &Model, path: &Path) -> Result<(), Error> {
    let screen = Screen::of(model.view());
    let mut stage = Stage::new(model.size).ok_or(Error::NoRenderer)?;
    let pixels = stage.draw(model.tokens(), framed(&screen, model));
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), model.size.width as u32, model.size.height as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::Fast);
    encoder.write_header()?.write_image_data(&pixels)?;
    Ok(())
}

fn framed<'a>(screen: &'a Screen, model: &'a Model) -> Element<'a, Option<Message>> {
    focus::frame(screen.key(), screen.start(), screen.view(model).map(Some), |_| None).into()
}
