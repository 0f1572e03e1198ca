//! Leaves out of a module and its glue what only people and debuggers read.

use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{ImportSection, Module};
use wasmparser::{CustomSectionReader, ImportSectionReader, Parser};

use crate::Outcome;

/// A module without its custom sections, which hold names of functions and the like.
pub(crate) fn module(wasm: &[u8]) -> Outcome<Vec<u8>> {
    Ok(encoded(wasm)?.0)
}

/// A module without its custom sections, and its glue, with short names for what the module takes from the glue:
/// wasm-bindgen's hold sixteen random digits each, which no compression shortens.
pub(crate) fn module_and_glue(wasm: &[u8], glue: &str) -> Outcome<(Vec<u8>, String)> {
    let (wasm, imports) = encoded(wasm)?;
    let mut glue = without_layout(glue);
    for (n, name) in imports.iter().enumerate() {
        let key = format!("\n{name}:");
        if !glue.contains(&key) {
            return Err(format!("the module takes {name} from its glue, which has none"));
        }
        glue = glue.replacen(&key, &format!("\n{}:", short(n)), 1);
    }
    Ok((wasm, glue))
}

/// The module anew, and the names that its imports from the glue had.
fn encoded(wasm: &[u8]) -> Outcome<(Vec<u8>, Vec<String>)> {
    let (mut encoder, mut module) = (Encoder::default(), Module::new());
    encoder
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|e| format!("cannot read a module: {e}"))?;
    Ok((module.finish(), encoder.imports))
}

fn short(n: usize) -> String {
    format!("i{n}")
}

#[derive(Default)]
struct Encoder {
    imports: Vec<String>,
}

impl Reencode for Encoder {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for import in section.into_imports() {
            let import = import?;
            let ty = self.entity_type(import.ty)?;
            // The glue is called so by wasm-bindgen; other modules keep their names.
            if import.module.ends_with("_bg.js") {
                imports.import(import.module, &short(self.imports.len()), ty);
                self.imports.push(import.name.to_owned());
            } else {
                imports.import(import.module, import.name, ty);
            }
        }
        Ok(())
    }

    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        Ok(())
    }
}

/// JavaScript as wasm-bindgen writes it, where no text runs over several lines, without indentation and comments.
pub(crate) fn without_layout(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| {
        !line.is_empty() && !["//", "/*", "*"].iter().any(|mark| line.starts_with(mark))
    });
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CustomSection, EntityType, TypeSection};

    use super::*;

    /// A module with these imports and a section of names.
    fn with_imports(imports: &[(&str, &str)]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut section = ImportSection::new();
        for (module, name) in imports {
            section.import(module, name, EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&types).section(&section);
        let data = b"long names".into();
        module.section(&CustomSection { name: "names".into(), data });
        module.finish()
    }

    #[test]
    fn a_module_and_its_glue_get_the_same_short_names() {
        let wasm = with_imports(&[
            ("./a_bg.js", "__wbg_get_31af05bd4842a84f"),
            ("./link.js", "load"),
            ("./a_bg.js", "__wbg_get_f75619e20cb68514"),
        ]);
        let glue = "const imports = {\n    __wbg_get_f75619e20cb68514: function(a) {\n        // Why\n        return a.b;\n    },\n    __wbg_get_31af05bd4842a84f: c,\n};\n";
        let (wasm, glue) = module_and_glue(&wasm, glue).expect("a module and its glue");
        let short =
            with_imports(&[("./a_bg.js", "i0"), ("./link.js", "load"), ("./a_bg.js", "i1")]);
        assert_eq!(wasm, module(&short).expect("a module"));
        assert!(!wasm.ends_with(b"long names"));
        assert_eq!(glue, "const imports = {\ni1: function(a) {\nreturn a.b;\n},\ni0: c,\n};\n");
    }

    #[test]
    fn glue_of_another_build_is_refused() {
        let wasm = with_imports(&[("./a_bg.js", "__wbg_get_31af05bd4842a84f")]);
        assert!(module_and_glue(&wasm, "{\n__wbg_get_f75619e20cb68514: d,\n}").is_err());
        assert!(module_and_glue(b"no module", "").is_err());
    }
}
