//! The cards of the staff screen.

use iced::widget::{Space, column, container, text};
use iced::{Background, Border, Color, Length};

use super::{Message, state as state_of};
use crate::counter::{
    ConfigurationState, Level, Row, State, StatisticsState, health_rows, shut_key, state_key,
    statistics_key,
};
use crate::guardian::Shut;
use crate::shell::buttons::{Side, button};
use crate::shell::control::Control;
use crate::shell::desk::Told;
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::{Column, Element};
use crate::shell::layout::{card, leading, row, strong, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::theme::Tokens;
use crate::visit::View;
use crate::wording::Arg;

/// The big word, on a ground that says the same from afar.
pub fn state<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let state = state_of(model);
    let (ground, ink) = match state {
        State::Ready => (p.leaf, p.on_sea),
        State::Visit | State::Cleaning | State::Starting => (p.sea, p.on_sea),
        State::Closed => (p.sea_2, if t.contrast { p.ink } else { Color::WHITE }),
        State::Quarantine => (p.coral, p.on_sea),
    };
    let mut said = column![
        words(t, model.say("staff-state"), t.font(30.0)),
        strong(t, model.say(state_key(state)), t.title(66.0)),
    ]
    .spacing(t.px(8.0))
    .align_x(leading(t));
    if let Some(shut) = model.published.shut {
        said = said.push(words(t, model.say(shut_key(shut)), t.font(28.0)));
    }
    said = said.push(
        row(
            t,
            vec![
                icon(Icon::SealCheck, t.icon(36.0)).color(ink).into(),
                words(t, last_wipe(model), t.font(28.0))
                    .width(Length::Fill)
                    .into(),
            ],
        )
        .spacing(t.px(12.0)),
    );
    let said = said.push(Space::new().height(t.px(8.0))).push(reset(model));
    container(said)
        .padding([t.px(32.0), t.px(36.0)])
        .width(Length::Fill)
        .style(move |_| container::Style {
            text_color: Some(ink),
            background: Some(Background::Color(ground)),
            border: Border {
                color: p.line,
                width: if t.contrast { 2.0 } else { 0.0 },
                radius: t.px(24.0).into(),
            },
            ..container::Style::default()
        })
        .into()
}

/// "Remettre à zéro", or leaving the quarantine, which is the same: a wipe and an audit.
fn reset<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let (label, may) = match model.view() {
        View::Quarantined(_) => ("staff-release", true),
        View::Notice | View::Choosing | View::Guest(_) | View::Farewell(_) => ("staff-reset", true),
        View::Auditing { .. } | View::Welcome { .. } | View::Wiping { .. } => {
            ("staff-reset", false)
        }
    };
    let press = button(
        t,
        "staff.reset",
        Kind::Secondary,
        (Icon::ArrowClockwise, Side::Before),
        model.say(label),
        36.0,
    )
    .padding([t.air(24.0), t.air(28.0)])
    .width(Length::Fill)
    .on_press_maybe(may.then_some(Message::Reset));
    let told = if model.desk.told == Told::NotNow {
        model.say("staff-not-now")
    } else if may {
        String::new()
    } else {
        model.say("staff-reset-not-needed")
    };
    column![press, words(t, told, t.font(26.0))]
        .spacing(t.px(10.0))
        .into()
}

fn last_wipe(model: &Model) -> String {
    let Some(wiped) = crate::counter::wiped_of(&model.published) else {
        return model.say("staff-not-wiped-yet");
    };
    let found = ("found", Arg::Number(i64::from(wiped.found)));
    match (wiped.verified, wiped.millis) {
        (true, Some(millis)) => {
            let tenths = (millis + 50) / 100;
            let point = if model.lang == crate::wording::Lang::En {
                "."
            } else {
                ","
            };
            let seconds = format!("{}{point}{}", tenths / 10, tenths % 10);
            let seconds = ("seconds", Arg::Text(seconds.as_str()));
            model.say_with("staff-wiped", &[seconds, found])
        }
        (true, None) => model.say("staff-verified-at-start"),
        (false, _) => model.say_with("staff-wiped-not", &[found]),
    }
}

fn heading<'a>(model: &Model, key: &str) -> Element<'a, Message> {
    let t = model.tokens();
    strong(t, model.say(key), t.font(36.0)).into()
}

fn level_color(t: Tokens, level: Level) -> Color {
    match level {
        Level::Good => t.palette.leaf,
        Level::Attention => t.palette.coral,
        Level::Unknown => t.palette.mute,
    }
}

/// The machine's health, a row a thing.
pub fn health<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let mut rows = Column::new()
        .spacing(t.px(12.0))
        .push(heading(model, "staff-health"));
    match &model.desk.health {
        None => rows = rows.push(words(t, model.say("staff-looking"), t.font(28.0))),
        Some(health) => {
            let mut all = health_rows(health, &model.config.wording, model.lang);
            all.extend(of_the_visit(model));
            for line in all {
                let value = if line.level == Level::Attention {
                    format!("⚠ {}", line.value)
                } else {
                    line.value
                };
                let value = strong(t, value, t.font(27.0)).color(level_color(t, line.level));
                rows = rows.push(
                    row(
                        t,
                        vec![
                            words(t, line.name, t.font(27.0)).width(Length::Fill).into(),
                            value.into(),
                        ],
                    )
                    .spacing(t.px(12.0)),
                );
            }
        }
    }
    panel(t, rows.into())
}

/// What only the guardian knows: whether the companion of the guest's browser speaks, and whether
/// a helper's own keyboard and mouse are there.
fn of_the_visit(model: &Model) -> [Row; 2] {
    let row = |name: &str, value: &str, level| Row {
        name: model.say(name),
        value: model.say(value),
        level,
    };
    let inside = matches!(model.view(), View::Guest(_));
    let sensor = match (inside, model.published.sensor_mute) {
        (false, _) => ("staff-sensor-no-visit", Level::Unknown),
        (true, false) => ("staff-sensor-speaks", Level::Good),
        (true, true) => ("staff-sensor-mute", Level::Attention),
    };
    let seat = match (model.config.help.seats, model.published.second_seat) {
        (0, _) => ("staff-seat-never", Level::Unknown),
        (_, false) => ("staff-seat-absent", Level::Unknown),
        (_, true) => ("staff-seat-there", Level::Good),
    };
    [
        row("staff-sensor", sensor.0, sensor.1),
        row("staff-seat", seat.0, seat.1),
    ]
}

/// Where the configuration stands, with the first mistakes.
pub fn configuration<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let mut said = Column::new()
        .spacing(t.px(16.0))
        .push(heading(model, "staff-configuration"));
    let state = model
        .desk
        .status
        .as_ref()
        .map(|status| &status.configuration);
    let (key, level) = match state {
        None => ("staff-looking", Level::Unknown),
        Some(ConfigurationState::Current) => ("staff-config-current", Level::Good),
        Some(ConfigurationState::Pending) => ("staff-config-pending", Level::Attention),
        Some(ConfigurationState::Broken { .. }) => ("staff-config-broken", Level::Attention),
    };
    let word = words(t, model.say(key), t.font(28.0)).color(match level {
        Level::Good => p.leaf,
        Level::Attention | Level::Unknown => p.ink,
    });
    said = said.push(word);
    if let Some(ConfigurationState::Broken { findings }) = state {
        let mut lines = Column::new().spacing(t.px(10.0));
        for finding in findings.iter().take(3) {
            let line =
                words(t, finding.clone(), t.font(26.0)).wrapping(text::Wrapping::WordOrGlyph);
            lines = lines.push(line);
        }
        said = said.push(warning(t, lines.into()));
    }
    said = said.push(words(t, model.say("staff-config-where"), t.font(26.0)).color(p.mute));
    panel(t, said.into())
}

/// Whether visits are counted, and the way to the numbers.
pub fn numbers<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let mut said = Column::new()
        .spacing(t.px(16.0))
        .push(heading(model, "staff-stats"));
    let state = model.desk.status.as_ref().map(|status| &status.statistics);
    said = match state {
        None => said.push(words(t, model.say("staff-looking"), t.font(28.0))),
        Some(state) => match statistics_key(state) {
            None => {
                let kept = words(t, model.say("staff-stats-kept"), t.font(28.0));
                said.push(kept.color(t.palette.leaf))
            }
            Some(key) => {
                let mut lines = column![words(t, model.say(key), t.font(26.0))].spacing(t.px(8.0));
                if let StatisticsState::SetAside { files } = state {
                    for file in files.iter().take(3) {
                        let line = words(t, file.clone(), t.font(24.0));
                        lines = lines.push(line.wrapping(text::Wrapping::WordOrGlyph));
                    }
                }
                said.push(warning(t, lines.into()))
            }
        },
    };
    let show = choice(
        t,
        "staff.numbers",
        Icon::ChartBar,
        model.say("staff-stats-show"),
    );
    panel(t, said.push(show.on_press(Message::Numbers)).into())
}

/// The latest receipt, and the way to a proof.
pub fn proof<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let mut said = Column::new()
        .spacing(t.px(16.0))
        .push(heading(model, "staff-proof"));
    said = match model.published.receipt {
        None => said.push(words(t, model.say("staff-receipt-none"), t.font(28.0))),
        Some(receipt) => {
            let when = receipt.when.to_string();
            let whole = |count: u64| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
            let args = [
                ("when", Arg::Text(&when)),
                ("clean", whole(receipt.counters.clean)),
                ("residue", whole(receipt.counters.residue)),
            ];
            let latest = words(t, model.say_with("staff-receipt", &args), t.font(28.0));
            let said = said.push(latest);
            if !receipt.signed {
                said.push(warning(
                    t,
                    words(t, model.say("receipt-not-signed"), t.font(26.0)).into(),
                ))
            } else if !receipt.clean {
                said.push(warning(
                    t,
                    words(t, model.say("receipt-residue"), t.font(26.0)).into(),
                ))
            } else {
                said
            }
        }
    };
    let show = choice(
        t,
        "staff.proof",
        Icon::SealCheck,
        model.say("staff-proof-show"),
    );
    panel(t, said.push(show.on_press(Message::Proof)).into())
}

/// On amber: look here.
fn warning(t: Tokens, content: Element<'_, Message>) -> Element<'_, Message> {
    let p = t.palette;
    let ground = if t.contrast {
        p.card
    } else {
        crate::shell::look::mix(p.card, p.sun, 0.25)
    };
    container(content)
        .padding([t.px(18.0), t.px(24.0)])
        .width(Length::Fill)
        .style(move |_| container::Style {
            text_color: Some(p.ink),
            background: Some(Background::Color(ground)),
            border: Border {
                color: if t.contrast { p.line } else { ground },
                width: 2.0,
                radius: t.px(16.0).into(),
            },
            ..container::Style::default()
        })
        .into()
}

fn panel(t: Tokens, content: Element<'_, Message>) -> Element<'_, Message> {
    card(t, container(content).padding([t.px(28.0), t.px(36.0)]))
        .width(Length::Fill)
        .into()
}

fn choice<'a>(t: Tokens, id: &'static str, drawing: Icon, label: String) -> Control<'a, Message> {
    button(t, id, Kind::Secondary, (drawing, Side::Before), label, 30.0)
        .padding([t.air(18.0), t.air(28.0)])
}

/// What the house may do: close, open, say that others wait, choose a new code.
pub fn house<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let waiting = model.published.others_wait;
    let close = (
        "staff.close",
        Icon::Clock,
        "staff-close",
        Message::Close(Shut::Early),
    );
    let stop = (
        "staff.maintenance",
        Icon::Wrench,
        "staff-maintenance",
        Message::Close(Shut::Maintenance),
    );
    let open = ("staff.open", Icon::Sun, "staff-open", Message::Open);
    let sheet = Message::RightsOpen;
    let wait = Message::OthersWait(!waiting);
    let mut all = vec![("staff.waiting", Icon::UsersThree, "staff-waiting", wait)];
    all.extend(match model.published.shut {
        // It opens by itself when the proof has ended.
        Some(Shut::Proof) => vec![],
        Some(_) => vec![open],
        None => vec![close, stop],
    });
    all.push(("staff.rights", Icon::Scales, "rights-open", sheet));
    let code = Message::NewCode;
    all.push(("staff.new-code", Icon::Key, "staff-new-code", code));
    let buttons = all.into_iter().map(|(id, drawing, key, message)| {
        let chosen = id == "staff.waiting" && waiting;
        let choice = choice(t, id, drawing, model.say(key)).chosen(chosen);
        choice.on_press(message).into()
    });
    let buttons = buttons.collect();
    let line = row(t, buttons)
        .spacing(t.px(24.0))
        .wrap()
        .vertical_spacing(t.px(20.0))
        .align_x(leading(t));
    let said = column![heading(model, "staff-house"), line].spacing(t.px(20.0));
    panel(t, said.into())
}
