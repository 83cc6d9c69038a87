//! iced's types with the renderer of this front-end filled in.

use iced::Theme;

/// What draws: software with the guest copied straight into the window, or a real graphics card.
pub type Renderer = super::guest_area::Renderer;

/// Anything on the screen.
pub type Element<'a, M> = iced::Element<'a, M, Theme, Renderer>;

/// A line of things.
pub type Row<'a, M> = iced::widget::Row<'a, M, Theme, Renderer>;

/// Things under one another.
pub type Column<'a, M> = iced::widget::Column<'a, M, Theme, Renderer>;

/// A box around a thing.
pub type Container<'a, M> = iced::widget::Container<'a, M, Theme, Renderer>;

/// Words.
pub type Text<'a> = super::said::Said<'a>;
