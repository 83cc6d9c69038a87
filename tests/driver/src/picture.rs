//! Pictures: what a test sees, measures and leaves behind.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

use crate::Result;

/// Red, green, blue.
pub type Colour = [u8; 3];

/// A rectangle in pixels from the top left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// A picture, three bytes a pixel.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}×{})", self.width, self.height)
    }
}

impl Picture {
    /// A picture of one colour.
    pub fn plain(width: u32, height: u32, colour: Colour) -> Self {
        let rgb = colour.repeat((width * height) as usize);
        Self { width, height, rgb }
    }

    /// From X's pixels: blue, green, red, unused.
    ///
    /// # Errors
    /// When there are too few bytes for the size.
    pub fn from_bgrx(width: u32, height: u32, data: &[u8]) -> Result<Self> {
        let wanted = (width * height * 4) as usize;
        let data = data.get(..wanted).ok_or("too few bytes for this picture")?;
        let rgb = data
            .chunks_exact(4)
            .flat_map(|pixel| [pixel[2], pixel[1], pixel[0]])
            .collect();
        Ok(Self { width, height, rgb })
    }

    /// Reads a PNG of eight bits a channel.
    ///
    /// # Errors
    /// When the file is not one.
    pub fn load(path: &Path) -> Result<Self> {
        let file = std::io::BufReader::new(File::open(path)?);
        let mut decoder = png::Decoder::new(file);
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info()?;
        let mut bytes = vec![0; reader.output_buffer_size().ok_or("too large a picture")?];
        let info = reader.next_frame(&mut bytes)?;
        let pixels = bytes[..info.buffer_size()].chunks_exact(info.color_type.samples());
        let rgb = pixels
            .flat_map(|pixel| match *pixel {
                [red, green, blue, ..] => [red, green, blue],
                [grey, ..] => [grey; 3],
                [] => [0; 3],
            })
            .collect();
        Ok(Self {
            width: info.width,
            height: info.height,
            rgb,
        })
    }

    /// Writes a PNG, making the folder when it is missing.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, path: &Path) -> Result {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut encoder =
            png::Encoder::new(BufWriter::new(File::create(path)?), self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.rgb)?;
        Ok(writer.finish()?)
    }

    /// Width in pixels.
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// One pixel; black outside.
    pub fn at(&self, x: u32, y: u32) -> Colour {
        if x >= self.width || y >= self.height {
            return [0; 3];
        }
        let start = ((y * self.width + x) * 3) as usize;
        [self.rgb[start], self.rgb[start + 1], self.rgb[start + 2]]
    }

    /// A part of it, clipped to the picture.
    #[must_use]
    pub fn crop(&self, part: Rect) -> Self {
        let width = part.width.min(self.width.saturating_sub(part.x));
        let height = part.height.min(self.height.saturating_sub(part.y));
        let mut rgb = Vec::with_capacity((width * height * 3) as usize);
        for y in part.y..part.y + height {
            let start = ((y * self.width + part.x) * 3) as usize;
            rgb.extend_from_slice(&self.rgb[start..start + (width * 3) as usize]);
        }
        Self { width, height, rgb }
    }

    /// The average colour of a part.
    pub fn average(&self, part: Rect) -> Colour {
        let cut = self.crop(part);
        let count = u64::from(cut.width * cut.height).max(1);
        let sum = |channel: usize| {
            let all = cut.rgb.iter().skip(channel).step_by(3);
            (all.map(|value| u64::from(*value)).sum::<u64>() / count) as u8
        };
        [sum(0), sum(1), sum(2)]
    }

    /// How many different colours a part has, at most `limit`: one means blank.
    pub fn colours(&self, part: Rect, limit: usize) -> usize {
        let mut seen = std::collections::HashSet::new();
        for pixel in self.crop(part).rgb.chunks_exact(3) {
            seen.insert([pixel[0], pixel[1], pixel[2]]);
            if seen.len() >= limit {
                break;
            }
        }
        seen.len()
    }

    /// How many pixels have exactly this colour.
    pub fn count(&self, colour: Colour) -> usize {
        let pixels = self.rgb.chunks_exact(3);
        pixels.filter(|pixel| *pixel == colour).count()
    }

    /// The smallest rectangle that holds every pixel of (nearly) this colour.
    pub fn find(&self, colour: Colour, tolerance: u8) -> Option<Rect> {
        let mut edges: Option<(u32, u32, u32, u32)> = None;
        for y in 0..self.height {
            for x in 0..self.width {
                if near(self.at(x, y), colour, tolerance) {
                    let (l, t, r, b) = edges.unwrap_or((x, y, x, y));
                    edges = Some((l.min(x), t.min(y), r.max(x), b.max(y)));
                }
            }
        }
        edges.map(|(left, top, right, bottom)| Rect {
            x: left,
            y: top,
            width: right - left + 1,
            height: bottom - top + 1,
        })
    }

    /// How many pixels differ from the other picture; all of them when the sizes differ.
    pub fn differing(&self, other: &Self) -> usize {
        if (self.width, self.height) != (other.width, other.height) {
            return (self.width * self.height) as usize;
        }
        let pairs = self.rgb.chunks_exact(3).zip(other.rgb.chunks_exact(3));
        pairs.filter(|(a, b)| a != b).count()
    }

    /// A smaller copy, `width` pixels wide, each pixel the mean of those that it replaces.
    #[must_use]
    pub fn scaled(&self, width: u32) -> Self {
        let width = width.clamp(1, self.width.max(1));
        let height = (self.height * width / self.width.max(1)).max(1);
        let mut rgb = Vec::with_capacity((width * height * 3) as usize);
        for y in 0..height {
            for x in 0..width {
                let (left, top) = (x * self.width / width, y * self.height / height);
                let right = ((x + 1) * self.width / width).max(left + 1);
                let bottom = ((y + 1) * self.height / height).max(top + 1);
                rgb.extend(self.average(Rect {
                    x: left,
                    y: top,
                    width: right - left,
                    height: bottom - top,
                }));
            }
        }
        Self { width, height, rgb }
    }

    /// A contact sheet: every picture `width` pixels wide, `columns` a row, on white.
    #[must_use]
    pub fn sheet(pictures: &[Self], columns: u32, width: u32) -> Self {
        const GAP: u32 = 8;
        let small: Vec<Self> = pictures.iter().map(|each| each.scaled(width)).collect();
        let height = small.iter().map(|each| each.height).max().unwrap_or(1);
        let columns = columns.clamp(1, (small.len() as u32).max(1));
        let rows = (small.len() as u32).div_ceil(columns).max(1);
        let mut sheet = Self::plain(
            columns * (width + GAP) + GAP,
            rows * (height + GAP) + GAP,
            [255; 3],
        );
        for (place, picture) in small.iter().enumerate() {
            let place = place as u32;
            let (column, row) = (place % columns, place / columns);
            sheet.paste(
                picture,
                GAP + column * (width + GAP),
                GAP + row * (height + GAP),
            );
        }
        sheet
    }

    fn paste(&mut self, picture: &Self, left: u32, top: u32) {
        for y in 0..picture.height {
            let from = (y * picture.width * 3) as usize;
            let to = (((top + y) * self.width + left) * 3) as usize;
            let length = (picture.width * 3) as usize;
            self.rgb[to..to + length].copy_from_slice(&picture.rgb[from..from + length]);
        }
    }
}

fn near(a: Colour, b: Colour, tolerance: u8) -> bool {
    a.iter().zip(b).all(|(x, y)| x.abs_diff(y) <= tolerance)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]
    use super::*;

    #[test]
    fn a_patch_is_found_measured_and_survives_png() {
        let mut picture = Picture::plain(40, 30, [255; 3]);
        picture.paste(&Picture::plain(10, 5, [14, 77, 115]), 12, 8);
        let area = Rect {
            x: 12,
            y: 8,
            width: 10,
            height: 5,
        };
        assert_eq!(picture.find([14, 77, 115], 2), Some(area));
        assert_eq!(picture.find([200, 0, 0], 2), None);
        assert_eq!(picture.average(area), [14, 77, 115]);
        assert_eq!(picture.colours(area, 9), 1);
        assert_eq!(picture.count([14, 77, 115]), 50);
        let path = std::env::temp_dir().join(format!("estran-driver-{}.png", std::process::id()));
        picture.save(&path).unwrap();
        assert_eq!(Picture::load(&path).unwrap(), picture);
        fs::remove_file(&path).unwrap();
        assert_eq!(picture.differing(&Picture::plain(40, 30, [255; 3])), 50);
        assert_eq!(
            Picture::sheet(&[picture.clone(), picture], 2, 20).height(),
            31
        );
    }
}
