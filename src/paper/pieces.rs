//! The blocks that are more than words: lists, boxes, fields, tables, bars, places to sign.

use super::Block;
use super::font::Face;
use super::layout::{BOTTOM, Colour, Ink, MARGIN, Role, Setter, Type};

/// Room between the edge of a panel and what it holds.
const PAD: f32 = 12.0;
/// The height of a line for handwriting (a child's exercise book has 8 mm).
const HAND: f32 = 23.0;
const BOX: f32 = 10.0;
const BAR: f32 = 12.0;
/// No cell of a table has more lines.
const MOST: usize = 45;

impl Setter<'_> {
    pub(super) fn list(&mut self, items: &[String]) {
        self.items(items.iter().map(|text| (None, text.as_str())));
    }

    pub(super) fn boxes(&mut self, items: &[(bool, String)]) {
        self.items(items.iter().map(|(on, text)| (Some(*on), text.as_str())));
    }

    fn items<'t>(&mut self, items: impl Iterator<Item = (Option<bool>, &'t str)>) {
        let style = Type::NORMAL;
        let indent = 18.0;
        self.element(Role::List, |list| {
            for (tick, text) in items {
                list.need(style.leading());
                list.element(Role::Item, |item| {
                    item.element(Role::Label, |label| match tick {
                        None => label.line("•", style, label.x + 4.0),
                        Some(on) => label.tick(on),
                    });
                    item.element(Role::Body, |body| {
                        body.flow(text, style, body.x + indent, body.width - indent);
                    });
                });
                list.y += 3.0;
            }
        });
        self.y += 4.0;
    }

    /// A box, ticked or not.
    fn tick(&mut self, on: bool) {
        let (left, top) = (self.x + 0.5, self.y + 1.5);
        let (right, bottom) = (left + BOX, top + BOX);
        let said = if on { "\u{2611}" } else { "\u{2610}" };
        self.draw(
            Ink::Frame(left, top, right, bottom, Colour::Ink),
            Some(said),
        );
        if !on {
            return;
        }
        for (from, to) in [
            ((left + 2.0, top + 5.2), (left + 4.2, bottom - 2.2)),
            ((left + 4.2, bottom - 2.2), (right - 1.8, top + 2.2)),
        ] {
            self.decorate(Ink::Stroke {
                from,
                to,
                width: 1.6,
                colour: Colour::Ink,
                dashed: false,
            });
        }
    }

    pub(super) fn fields(&mut self, fields: &[(String, Option<String>)]) {
        for (label, value) in fields {
            match value {
                Some(value) => self.filled(label, value),
                None => self.blank(label),
            }
        }
        self.y += 4.0;
    }

    /// The label, then its value in bold on the same line where it fits.
    fn filled(&mut self, label: &str, value: &str) {
        let label = format!("{label}\u{a0}:");
        let gap = self.faces.width(&label, Face::Regular, Type::NORMAL.size) + 6.0;
        let beside = gap < self.width * 0.5;
        self.need(Type::NORMAL.leading() * if beside { 1.0 } else { 2.0 });
        self.element(Role::Paragraph, |field| {
            let x = field.x;
            if beside {
                field.line(&label, Type::NORMAL, x);
                field.flow(value, Type::STRONG, x + gap, field.width - gap);
            } else {
                field.flow(&label, Type::NORMAL, x, field.width);
                field.flow(value, Type::STRONG, x + 18.0, field.width - 18.0);
            }
        });
        self.y += 3.0;
    }

    /// The label, then a line for the pen: beside it, or below when the label is long.
    fn blank(&mut self, label: &str) {
        let label = format!("{label}\u{a0}:");
        let gap = self.faces.width(&label, Face::Regular, Type::NORMAL.size) + 6.0;
        let below = gap > self.width * 0.6;
        self.need(HAND * if below { 2.0 } else { 1.0 });
        self.element(Role::Paragraph, |field| {
            let (x, width) = (field.x, field.width);
            if below {
                field.flow(&label, Type::NORMAL, x, width);
            } else {
                field.y += HAND - Type::NORMAL.leading() - 3.0;
                field.line(&label, Type::NORMAL, x);
                field.y -= HAND - Type::NORMAL.leading() - 3.0;
            }
        });
        let start = if below { self.x } else { self.x + gap };
        self.rule(start);
    }

    pub(super) fn blank_lines(&mut self, count: u8) {
        for _ in 0..count {
            self.need(HAND);
            self.rule(self.x);
        }
        self.y += 4.0;
    }

    /// A line for the pen, from `left` to the end of the column.
    fn rule(&mut self, left: f32) {
        self.y += HAND;
        let y = self.y - 5.0;
        self.decorate(Ink::Stroke {
            from: (left, y),
            to: (self.x + self.width, y),
            width: 0.75,
            colour: Colour::Mute,
            dashed: false,
        });
    }

    pub(super) fn table(&mut self, widths: &[f32], head: &[String], rows: &[Vec<String>]) {
        let sane = |width: f32| if width > 0.01 { width.min(100.0) } else { 0.01 };
        let total: f32 = widths.iter().copied().map(sane).sum();
        let columns: Vec<Column> = (0..widths.len())
            .scan(0.0, |left, at| {
                let width = sane(widths[at]) / total * self.width;
                let column = Column {
                    left: *left,
                    width,
                    numbers: at > 0 && numbers(rows, at),
                };
                *left += width;
                Some(column)
            })
            .collect();
        self.element(Role::Table, |table| {
            if !head.is_empty() {
                table.row(&columns, head, true);
            }
            for row in rows {
                table.row(&columns, row, false);
            }
        });
        self.y += 10.0;
    }

    fn row(&mut self, columns: &[Column], cells: &[String], head: bool) {
        let style = |at: usize| {
            let face = if head || at == 0 {
                Face::Bold
            } else {
                Face::Regular
            };
            Type::of(face, 10.0, Colour::Ink)
        };
        let empty = String::new();
        let lines: Vec<Vec<String>> = columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let text = cells.get(at).unwrap_or(&empty);
                let style = style(at);
                let mut lines = self
                    .faces
                    .lines(text, style.face, style.size, column.width - 10.0);
                // A row stays on one page.
                lines.truncate(MOST);
                lines
            })
            .collect();
        let leading = style(0).leading();
        let height = leading * lines.iter().map(Vec::len).max().unwrap_or(1).max(1) as f32 + 7.0;
        self.need(height);
        let (x, y) = (self.x, self.y);
        if head {
            let right = x + self.width;
            self.decorate(Ink::Fill(x, y, right, y + height, Colour::Sky));
        }
        self.element(Role::Row, |row| {
            for (at, (column, lines)) in columns.iter().zip(&lines).enumerate() {
                let role = match (head, at) {
                    (true, _) => Role::ColumnHead,
                    (false, 0) => Role::RowHead,
                    (false, _) => Role::Cell,
                };
                row.y = y + 3.0;
                row.element(role, |cell| cell.cell(column, lines, style(at)));
            }
        });
        self.y = y + height;
        self.decorate(Ink::Stroke {
            from: (x, self.y),
            to: (x + self.width, self.y),
            width: 0.75,
            colour: Colour::Line,
            dashed: false,
        });
    }

    fn cell(&mut self, column: &Column, lines: &[String], style: Type) {
        for line in lines {
            let width = self.faces.width(line, style.face, style.size);
            let indent = if column.numbers {
                (column.width - 5.0 - width).max(0.0)
            } else {
                5.0
            };
            self.line(line, style, self.x + column.left + indent);
            self.y += style.leading();
        }
    }

    pub(super) fn bars(&mut self, alt: &str, rows: &[(String, f32, String)]) {
        let style = Type::of(Face::Regular, 10.0, Colour::Ink);
        let label = self.width * 0.36;
        let longest = self.width - label - 70.0;
        let height = BAR + 8.0;
        self.need(height * rows.len().min(8) as f32);
        self.element(Role::Figure(alt.to_owned()), |figure| {
            for (name, length, value) in rows {
                figure.need(height);
                let top = figure.y;
                let left = figure.x + label;
                let name = figure
                    .faces
                    .lines(name, style.face, style.size, label - 8.0);
                if let Some(name) = name.first() {
                    figure.line(name, style, figure.x);
                }
                let length = if length.is_finite() {
                    length.clamp(0.0, 1.0)
                } else {
                    0.0
                };
                let right = left + (longest * length).max(1.0);
                figure.draw(Ink::Fill(left, top, right, top + BAR, Colour::Sea), None);
                figure.line(value, Type::of(Face::Bold, 10.0, Colour::Ink), right + 6.0);
                figure.y = top + height;
            }
        });
        self.y += 6.0;
    }

    pub(super) fn signatures(&mut self, places: &[String]) {
        let gap = 18.0;
        let count = places.len().max(1) as f32;
        let width = (self.width - gap * (count - 1.0)) / count;
        let height = 78.0;
        let style = Type::STRONG;
        self.need(height + style.leading() * 3.0);
        let (top, left, whole) = (self.y, self.x, self.width);
        let mut lowest = top;
        for (at, place) in places.iter().enumerate() {
            self.y = top;
            self.x = left + at as f32 * (width + gap);
            self.width = width;
            let lines = self.faces.lines(place, style.face, style.size, width);
            self.element(Role::Paragraph, |above| {
                for line in lines.iter().take(3) {
                    above.line(line, style, above.x);
                    above.y += style.leading();
                }
            });
            lowest = lowest.max(self.y);
        }
        for at in 0..places.len() {
            let x = left + at as f32 * (width + gap);
            let y = lowest + 4.0;
            self.decorate(Ink::Frame(x, y, x + width, y + height, Colour::Mute));
        }
        (self.x, self.width) = (left, whole);
        self.y = lowest + height + 14.0;
    }

    pub(super) fn panel(&mut self, blocks: &[Block]) {
        self.x += PAD;
        self.width -= 2.0 * PAD;
        let height = self.height(blocks) + 2.0 * PAD - 4.0;
        self.need(height);
        let (left, top) = (self.x - PAD, self.y);
        let right = self.x + self.width + PAD;
        let whole = height <= BOTTOM - MARGIN;
        if whole {
            self.decorate(Ink::Fill(left, top, right, top + height, Colour::Sky));
            self.decorate(Ink::Fill(left, top, left + 4.0, top + height, Colour::Sea));
        }
        self.y += PAD;
        for block in blocks {
            self.set(block);
        }
        self.x -= PAD;
        self.width += 2.0 * PAD;
        self.y = if whole { top + height } else { self.y } + 10.0;
    }

    pub(super) fn cut(&mut self, word: &str) {
        self.y += 10.0;
        self.need(40.0);
        let style = Type::SMALL;
        let wide = self.faces.width(word, style.face, style.size);
        let y = self.y + style.size * 0.65;
        let stop = self.x + self.width / 2.0;
        for (from, to) in [
            (0.0, stop - wide / 2.0 - 8.0),
            (stop + wide / 2.0 + 8.0, super::layout::PAGE.0),
        ] {
            self.decorate(Ink::Stroke {
                from: (from, y),
                to: (to, y),
                width: 1.0,
                colour: Colour::Mute,
                dashed: true,
            });
        }
        self.element(Role::Paragraph, |line| {
            line.line(word, style, stop - wide / 2.0);
        });
        self.y += style.leading() + 12.0;
    }
}

/// A column of a table, from the left edge of the table.
struct Column {
    left: f32,
    width: f32,
    numbers: bool,
}

fn numbers(rows: &[Vec<String>], at: usize) -> bool {
    let mut cells = rows.iter().filter_map(|row| row.get(at)).peekable();
    cells.peek().is_some()
        && cells.all(|cell| cell.starts_with(|c: char| c.is_ascii_digit() || c == '<'))
}
