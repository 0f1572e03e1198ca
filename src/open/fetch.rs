//! Fetches an article from a link, with limits on time and size.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, RequestCredentials, RequestInit, Response,
};

use super::{Address, Given, MAX_BYTES, OpenError, address};

/// How long an answer may take, all of it.
const TIME_LIMIT: u32 = 15_000;

/// Ends the request when dropped, whether it is answered or nobody waits for it any more.
struct Limit {
    controller: AbortController,
    passed: Rc<Cell<bool>>,
    _timer: Timeout,
}

impl Limit {
    fn new() -> Option<Limit> {
        let controller = AbortController::new().ok()?;
        let passed = Rc::new(Cell::new(false));
        let timer = Timeout::new(TIME_LIMIT, {
            let (controller, passed) = (controller.clone(), passed.clone());
            move || {
                passed.set(true);
                controller.abort();
            }
        });
        Some(Limit { controller, passed, _timer: timer })
    }

    /// What a failed request means.
    fn cause(&self, otherwise: OpenError) -> OpenError {
        if self.passed.get() { OpenError::TimedOut } else { otherwise }
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        self.controller.abort();
    }
}

/// What is at an address.
pub async fn fetch(from: &Address) -> Result<Given, OpenError> {
    let window = web_sys::window().ok_or(OpenError::Unreachable)?;
    let limit = Limit::new().ok_or(OpenError::Unreachable)?;
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Omit);
    init.set_signal(Some(&limit.controller.signal()));

    let request = JsFuture::from(window.fetch_with_str_and_init(from.as_str(), &init));
    let response: Response = match request.await {
        Ok(response) => response.dyn_into().map_err(|_| OpenError::Unreachable)?,
        Err(_) if window.navigator().on_line() => return Err(limit.cause(OpenError::Unreachable)),
        Err(_) => return Err(limit.cause(OpenError::Offline)),
    };
    // A redirect may have led to where no link may lead.
    if !response.url().is_empty() {
        address(&response.url())?;
    }
    status(response.status())?;
    let header = |name: &str| response.headers().get(name).ok().flatten();
    let length = header("content-length").and_then(|l| l.parse::<usize>().ok());
    if length.is_some_and(|l| l > MAX_BYTES) {
        return Err(OpenError::TooLarge);
    }
    let bytes = body(&response, &limit).await?;
    // A compressed answer has another length than its text.
    let short = header("content-encoding").is_none() && length.is_some_and(|l| bytes.len() < l);
    if short {
        return Err(OpenError::Truncated);
    }
    // Where redirects have led is where relative links start from.
    let url = Some(response.url()).filter(|url| !url.is_empty());
    let url = url.or_else(|| Some(from.as_str().to_owned()));
    Ok(Given { bytes, content_type: header("content-type"), url, ..Given::default() })
}

fn status(status: u16) -> Result<(), OpenError> {
    match status {
        200..=299 => Ok(()),
        404 | 410 => Err(OpenError::NotFound),
        500.. => Err(OpenError::ServerFailed(status)),
        _ => Err(OpenError::Refused(status)),
    }
}

/// Reads the answer piece by piece, and no further than the limit.
async fn body(response: &Response, limit: &Limit) -> Result<Vec<u8>, OpenError> {
    let Some(stream) = response.body() else { return Ok(Vec::new()) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let piece =
            JsFuture::from(reader.read()).await.map_err(|_| limit.cause(OpenError::Truncated))?;
        let field = |name: &str| Reflect::get(&piece, &name.into()).unwrap_or(JsValue::UNDEFINED);
        if field("done").is_truthy() {
            return Ok(bytes);
        }
        let piece = Uint8Array::new(&field("value"));
        if bytes.len() + piece.length() as usize > MAX_BYTES {
            return Err(OpenError::TooLarge);
        }
        bytes.extend_from_slice(&piece.to_vec());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_its_cause() {
        for (code, want) in [
            (200, Ok(())),
            (204, Ok(())),
            (304, Err(OpenError::Refused(304))),
            (401, Err(OpenError::Refused(401))),
            (404, Err(OpenError::NotFound)),
            (410, Err(OpenError::NotFound)),
            (429, Err(OpenError::Refused(429))),
            (500, Err(OpenError::ServerFailed(500))),
            (503, Err(OpenError::ServerFailed(503))),
        ] {
            assert_eq!(status(code), want);
        }
    }
}
