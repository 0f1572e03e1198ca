//! The time of day and how long ago something was, in the browser's own words.

use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::wording::{language, t};

/// The language of the controls; English is British.
fn locale() -> &'static str {
    match language() {
        "en" => "en-GB",
        other => other,
    }
}

/// Now, in whole milliseconds since 1970.
pub fn now() -> i64 {
    Date::now() as i64
}

/// How long before `now` a moment was, in the largest whole unit: an amount, not above zero, and the unit's name.
/// Less than 45 seconds, and anything in the future, is no time at all.
///
/// ```
/// use dixit_reader::clock::ago;
/// assert_eq!(ago(120_000, 0), (-2, "minute"));
/// assert_eq!(ago(0, 120_000), (0, "second"));
/// ```
pub fn ago(now: i64, then: i64) -> (i64, &'static str) {
    let seconds = now.saturating_sub(then) / 1000;
    let days = seconds / 86_400;
    match seconds {
        ..45 => (0, "second"),
        45..3_600 => (-(seconds / 60).max(1), "minute"),
        3_600..86_400 => (-(seconds / 3_600), "hour"),
        _ if days < 30 => (-days, "day"),
        _ if days < 365 => (-(days / 30), "month"),
        _ => (-(days / 365), "year"),
    }
}

/// How long before `now` a moment was: "just now", "2 minutes ago", "yesterday".
pub fn relative(now: i64, then: i64) -> String {
    match ago(now, then) {
        (0, _) => t("just now").into(),
        (amount, unit) => {
            let options = options(&[("numeric", "auto")]);
            let format = Intl::RelativeTimeFormat::new(&Array::of1(&locale().into()), &options);
            format.format(amount as f64, unit).into()
        }
    }
}

/// A moment to the minute, in the browser's time zone: "12 January 2022 at 11:58".
pub fn exact(then: i64) -> String {
    let options = options(&[("dateStyle", "long"), ("timeStyle", "short")]);
    date(then).to_locale_string(locale(), &options).into()
}

/// The moment that ISO 8601 says; `None` where the browser makes none of it.
pub fn read(iso: &str) -> Option<i64> {
    let time = Date::parse(iso);
    time.is_finite().then_some(time as i64)
}

/// A moment for machines: "2022-01-12T11:58:00.000Z".
pub fn iso(then: i64) -> String {
    date(then).to_iso_string().into()
}

fn date(then: i64) -> Date {
    // Beyond these a `Date` holds nothing and its texts throw.
    let then = then.clamp(-8_640_000_000_000_000, 8_640_000_000_000_000);
    Date::new(&JsValue::from_f64(then as f64))
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        // Setting a property of a plain object of our own cannot fail.
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options
}

#[cfg(test)]
mod tests {
    use super::ago;

    #[test]
    fn the_largest_whole_unit_is_named() {
        const SECOND: i64 = 1000;
        const HOUR: i64 = 3_600 * SECOND;
        const DAY: i64 = 24 * HOUR;
        for (then, want) in [
            (0, (0, "second")),
            (44 * SECOND, (0, "second")),
            (45 * SECOND, (-1, "minute")),
            (119 * SECOND, (-1, "minute")),
            (HOUR - 1, (-59, "minute")),
            (HOUR, (-1, "hour")),
            (DAY - 1, (-23, "hour")),
            (DAY, (-1, "day")),
            (29 * DAY, (-29, "day")),
            (30 * DAY, (-1, "month")),
            (364 * DAY, (-12, "month")),
            (365 * DAY, (-1, "year")),
            (-DAY, (0, "second")),
        ] {
            assert_eq!(ago(0, -then), want, "{then}");
        }
        assert_eq!(ago(i64::MAX, i64::MIN).1, "year");
    }
}
