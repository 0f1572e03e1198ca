//! Lets the glue decode each text of the module's own data once: names of elements and attributes and the like are
//! handed over with every element, and to decode them takes longer than to look them up.

use wasmparser::{DataKind, Operator, Parser, Payload};

/// How wasm-bindgen decodes every text, once the layout is out.
const DECODES: &str =
    "function getStringFromWasm0(ptr, len) {\nreturn decodeText(ptr >>> 0, len);\n}\n";

/// The glue of `wasm` that decodes such texts once; `None` where wasm-bindgen writes other glue than it did.
///
/// The stack lies below the data and the heap behind it: what is written there changes, and is never kept.
pub(crate) fn decoded_once(wasm: &[u8], glue: &str) -> Option<String> {
    let start = data_start(wasm)?;
    let decodes_once = format!(
        "let ownEnd = 0;
const ownTexts = new Map();
function getStringFromWasm0(ptr, len) {{
ptr >>>= 0;
ownEnd ||= wasm.__data_end.value;
if (ptr < {start} || ptr >= ownEnd) return decodeText(ptr, len);
const key = ptr * 2 ** 21 + len;
let text = ownTexts.get(key);
if (text === undefined) ownTexts.set(key, text = decodeText(ptr, len));
return text;
}}
"
    );
    glue.contains(DECODES).then(|| glue.replacen(DECODES, &decodes_once, 1))
}

/// Where a module's data begin.
fn data_start(wasm: &[u8]) -> Option<i32> {
    let data = Parser::new(0).parse_all(wasm).find_map(|payload| match payload {
        Ok(Payload::DataSection(data)) => Some(data),
        _ => None,
    })?;
    let starts = data.into_iter().map(|segment| match segment.ok()?.kind {
        DataKind::Active { offset_expr, .. } => match offset_expr.get_operators_reader().read() {
            Ok(Operator::I32Const { value }) => Some(value),
            _ => None,
        },
        DataKind::Passive => None,
    });
    starts.min().flatten()
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{ConstExpr, DataSection, Module};

    use super::*;

    #[test]
    fn texts_of_the_data_are_decoded_once() {
        let mut data = DataSection::new();
        for start in [1_048_700, 1_048_576] {
            data.active(0, &ConstExpr::i32_const(start), *b"article");
        }
        let mut module = Module::new();
        module.section(&data);
        let wasm = module.finish();
        let glue = ["let wasm;\n", DECODES, "function decodeText(ptr, len) {}\n"].concat();
        let once = decoded_once(&wasm, &glue).expect("glue");
        assert!(once.contains("if (ptr < 1048576 || ptr >= ownEnd)"), "{once}");
        assert!(once.ends_with("function decodeText(ptr, len) {}\n"));
        assert_eq!(decoded_once(&wasm, "let wasm;\n"), None);
        assert_eq!(decoded_once(&Module::new().finish(), &glue), None);
    }
}
