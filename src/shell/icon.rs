//! Pictograms: Phosphor duotone paths (see `icons/NOTICE`), a light shape under a drawn one.

use std::sync::OnceLock;

use iced::advanced::graphics::geometry::{Frame, Path, Renderer as _, path};
use iced::advanced::{Layout, Renderer as _, Widget, layout, mouse, renderer, widget};
use iced::{Color, Length, Point, Rectangle, Size, Theme, Vector};
use kurbo::{BezPath, PathEl};

use crate::shell::kit::{Element, Renderer};

const SIDE: f32 = 256.0;
const LIGHT: f32 = 0.2;

macro_rules! icons {
    ($($name:ident = $file:literal),* $(,)?) => {
        /// A pictogram. Always shown with a word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each is named after its drawing")]
        pub enum Icon { $($name),* }

        impl Icon {
            /// Every pictogram.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            const fn source(self) -> &'static str {
                match self { $(Self::$name => include_str!(concat!("icons/", $file, ".svg"))),* }
            }
        }
    };
}

icons! {
    ArrowClockwise = "arrow-clockwise",
    ArrowLeft = "arrow-left",
    ArrowRight = "arrow-right",
    ArrowUUpLeft = "arrow-u-up-left",
    ArrowsClockwise = "arrows-clockwise",
    At = "at",
    Baby = "baby",
    Bank = "bank",
    Bird = "bird",
    Boat = "boat",
    Briefcase = "briefcase",
    Broom = "broom",
    Browser = "browser",
    Car = "car",
    Cat = "cat",
    ChartBar = "chart-bar",
    Check = "check",
    CircleHalf = "circle-half",
    Clock = "clock",
    Coffee = "coffee",
    CreditCard = "credit-card",
    DeviceMobile = "device-mobile",
    DotsThreeCircle = "dots-three-circle",
    EnvelopeSimple = "envelope-simple",
    Eraser = "eraser",
    Eye = "eye",
    EyeSlash = "eye-slash",
    FilePdf = "file-pdf",
    FileText = "file-text",
    Files = "files",
    Fish = "fish",
    Flower = "flower",
    GlobeHemisphereWest = "globe-hemisphere-west",
    GraduationCap = "graduation-cap",
    HandPalm = "hand-palm",
    HandPointing = "hand-pointing",
    HandTap = "hand-tap",
    HandWaving = "hand-waving",
    Handshake = "handshake",
    Heartbeat = "heartbeat",
    HourglassMedium = "hourglass-medium",
    House = "house",
    IdentificationCard = "identification-card",
    Key = "key",
    Lightning = "lightning",
    LockKey = "lock-key",
    MagnifyingGlass = "magnifying-glass",
    MapPin = "map-pin",
    PaperPlaneTilt = "paper-plane-tilt",
    Password = "password",
    Pause = "pause",
    PencilSimple = "pencil-simple",
    PiggyBank = "piggy-bank",
    Plant = "plant",
    Printer = "printer",
    Prohibit = "prohibit",
    Scales = "scales",
    SealCheck = "seal-check",
    ShieldCheck = "shield-check",
    SignOut = "sign-out",
    SpeakerHigh = "speaker-high",
    Star = "star",
    Sun = "sun",
    TextAa = "text-aa",
    Translate = "translate",
    Tree = "tree",
    Usb = "usb",
    UserCircle = "user-circle",
    UserPlus = "user-plus",
    UsersThree = "users-three",
    Warning = "warning",
    WifiHigh = "wifi-high",
    Wrench = "wrench",
    X = "x",
}

struct Shape {
    path: BezPath,
    light: bool,
}

impl Icon {
    /// Signs of which the light shape would look like something else: a tick in a box.
    const fn plain(self) -> bool {
        matches!(
            self,
            Self::ArrowLeft | Self::ArrowRight | Self::Check | Self::X
        )
    }

    /// The same sign where the writing runs from right to left: an arrow leads the other way there.
    #[must_use]
    pub const fn toward(self, rtl: bool) -> Self {
        if rtl && matches!(self, Self::ArrowLeft) {
            return Self::ArrowRight;
        }
        if rtl && matches!(self, Self::ArrowRight) {
            return Self::ArrowLeft;
        }
        self
    }

    fn shapes(self) -> &'static [Shape] {
        static CACHE: [OnceLock<Vec<Shape>>; Icon::ALL.len()] =
            [const { OnceLock::new() }; Icon::ALL.len()];
        CACHE[self as usize].get_or_init(|| parse(self.source()))
    }
}

fn parse(svg: &str) -> Vec<Shape> {
    svg.split("<path ")
        .skip(1)
        .filter_map(|tag| {
            let tag = tag.split("/>").next()?;
            let data = tag.split("d=\"").nth(1)?.split('"').next()?;
            Some(Shape {
                path: BezPath::from_svg(data).ok()?,
                light: tag.contains("opacity=\"0.2\""),
            })
        })
        .collect()
}

/// Adds `path` to `builder`, scaled by `scale`.
fn trace(path: &BezPath, scale: f32, builder: &mut path::Builder) {
    let at = |p: kurbo::Point| Point::new(p.x as f32 * scale, p.y as f32 * scale);
    for el in path.elements() {
        match *el {
            PathEl::MoveTo(p) => builder.move_to(at(p)),
            PathEl::LineTo(p) => builder.line_to(at(p)),
            PathEl::QuadTo(a, p) => builder.quadratic_curve_to(at(a), at(p)),
            PathEl::CurveTo(a, b, p) => builder.bezier_curve_to(at(a), at(b), at(p)),
            PathEl::ClosePath => builder.close(),
        }
    }
}

/// Shows `icon`, `size` pixels square, in the colour of the text around it.
pub fn icon(icon: Icon, size: f32) -> Picture {
    Picture {
        icon,
        size,
        color: None,
    }
}

/// A pictogram on the screen.
pub struct Picture {
    icon: Icon,
    size: f32,
    color: Option<Color>,
}

impl Picture {
    /// In `color` instead.
    #[must_use]
    pub const fn color(mut self, color: Color) -> Self {
        self.color = Some(color);
        self
    }
}

impl<M> Widget<M, Theme, Renderer> for Picture {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fixed(self.size), Length::Fixed(self.size))
    }

    fn layout(&mut self, _: &mut widget::Tree, _: &Renderer, _: &layout::Limits) -> layout::Node {
        layout::Node::new(Size::new(self.size, self.size))
    }

    fn draw(
        &self,
        _: &widget::Tree,
        renderer: &mut Renderer,
        _: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        if !bounds.intersects(viewport) {
            return;
        }
        let color = self.color.unwrap_or(style.text_color);
        let mut frame = Frame::new(renderer, bounds.size());
        for shape in self
            .icon
            .shapes()
            .iter()
            .filter(|s| !(s.light && self.icon.plain()))
        {
            let path = Path::new(|b| trace(&shape.path, self.size / SIDE, b));
            frame.fill(
                &path,
                if shape.light {
                    color.scale_alpha(LIGHT)
                } else {
                    color
                },
            );
        }
        let drawing = frame.into_geometry();
        renderer.with_translation(Vector::new(bounds.x, bounds.y), |r| {
            r.draw_geometry(drawing);
        });
    }
}

impl<'a, M: 'a> From<Picture> for Element<'a, M> {
    fn from(picture: Picture) -> Self {
        Element::new(picture)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pictogram_has_both_tones_but_the_plain_signs() {
        let plain = [Icon::ArrowLeft, Icon::ArrowRight, Icon::Check, Icon::X];
        for icon in Icon::ALL {
            let shapes = icon.shapes();
            assert!(
                shapes.iter().any(|s| s.light) || plain.contains(icon),
                "{icon:?} has no light shape"
            );
            assert!(
                shapes.iter().any(|s| !s.light),
                "{icon:?} has no drawn shape"
            );
        }
    }

    #[test]
    fn rubbish_draws_nothing() {
        assert!(parse("<svg><path d=\"nonsense\"/></svg>").is_empty());
        assert_eq!(parse("<svg><path d=\"M0,0H8V8Z\"/></svg>").len(), 1);
    }
}
