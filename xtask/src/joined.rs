//! Makes one of the small modules that parts of the reader share: each would be a request of its own, and its hash as
//! long as itself.

use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, DataCountSection, DataSection, ElementSection, EntityType, FunctionSection,
    ImportSection, Module, TypeSection,
};
use wasmparser::{Parser, Payload};

use crate::Outcome;

/// Modules of less than so many bytes are joined.
const SMALL: usize = 3_000;

/// What stands before the number of a module that parts share, in its name and in the script that loads it.
const CHUNK: &str = "chunk_";

/// Joins the small ones of the modules that parts share, and has `link`, the script that loads them, load what they are
/// joined into. Those that the comments wait for become one, since no part comes as often; the others another one.
/// What is neither small nor shared stays as it is.
pub(crate) fn small(modules: &mut Vec<(String, Vec<u8>)>, link: &str) -> Outcome<String> {
    let mut link = link.to_owned();
    for of_comments in [true, false] {
        let is_meant = |(name, module): &&(String, Vec<u8>)| {
            let small = name.starts_with(CHUNK) && module.len() < SMALL;
            small && waits(&link, "comments", name) == of_comments
        };
        let meant: Vec<&(String, Vec<u8>)> = modules.iter().filter(is_meant).collect();
        let names: Vec<String> = meant.iter().map(|(name, _)| name.clone()).collect();
        let Some((first, others)) = names.split_first().filter(|(_, others)| !others.is_empty())
        else {
            continue;
        };
        let parts: Vec<&[u8]> = meant.iter().map(|(_, module)| module.as_slice()).collect();
        let all = joined(&parts)?;
        modules.retain(|(name, _)| !others.contains(name));
        if let Some((_, module)) = modules.iter_mut().find(|(name, _)| name == first) {
            *module = all;
        }
        link = relinked(&link, first, others)
            .ok_or("wasm_split writes other glue now: see joined.rs")?;
    }
    Ok(link)
}

/// Whether `part` waits for `module`, by what the script says above its loader: the names of those that do.
fn waits(link: &str, part: &str, module: &str) -> bool {
    let loader = format!("const __{} = ", module.trim_end_matches(".wasm"));
    let above = link.split_once(&loader).and_then(|(above, _)| above.trim_end().lines().last());
    let names = above.unwrap_or_default().trim_matches(['/', '*', ' ']);
    names.split(", ").any(|name| name == part)
}

/// The script with `first` in the place of `others`, which are not there any more.
fn relinked(link: &str, first: &str, others: &[String]) -> Option<String> {
    let called = |module: &str| Some(["__", module.strip_suffix(".wasm")?].concat());
    let first = called(first)?;
    let others: Vec<String> = others.iter().map(|other| called(other)).collect::<Option<_>>()?;
    let mut link = link.to_owned();
    for other in &others {
        let (before, rest) = link.split_once(&format!("const {other} = makeLoad("))?;
        let (_, after) = rest.split_once(", []);\n")?;
        link = [before, after].concat();
    }
    // What is left of their names stands in lists of what a part waits for.
    let mut pieces = link.split('[');
    let mut new = pieces.next()?.to_owned();
    for piece in pieces {
        new.push('[');
        let (list, after) = piece.split_once(']')?;
        let mut names: Vec<&str> = Vec::new();
        for name in list.split(", ") {
            let name = if others.iter().any(|other| other == name) { &first } else { name };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        new += &names.join(", ");
        new.push(']');
        new += after;
    }
    Some(new)
}

/// One module that does what these do: they define functions and put them, and texts, where the first module has room
/// for them. All else, such as what it calls by name, is refused.
fn joined(modules: &[&[u8]]) -> Outcome<Vec<u8>> {
    let mut all = Joined::default();
    for module in modules {
        all.take_in(module).map_err(|error| format!("cannot join modules: {error}"))?;
    }
    let mut module = Module::new();
    module.section(&all.types).section(&all.imports).section(&all.functions);
    module.section(&all.elements);
    module.section(&DataCountSection { count: all.datas.len() });
    module.section(&all.code).section(&all.datas);
    Ok(module.finish())
}

#[derive(Default)]
struct Joined {
    types: TypeSection,
    imports: ImportSection,
    functions: FunctionSection,
    elements: ElementSection,
    code: CodeSection,
    datas: DataSection,
    /// What is imported, once each: a global, a table, a memory.
    imported: Vec<(String, EntityType)>,
    before: Before,
}

/// What came before the module that is taken in.
#[derive(Default)]
struct Before {
    types: u32,
    functions: u32,
    datas: u32,
}

impl Joined {
    fn take_in(&mut self, wasm: &[u8]) -> Result<(), String> {
        let told = |error: Error<Infallible>| error.to_string();
        let before = &mut self.before;
        let mut n_functions = 0;
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.map_err(|error| error.to_string())? {
                Payload::TypeSection(types) => {
                    before.parse_type_section(&mut self.types, types).map_err(told)?;
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let import = import.map_err(|error| error.to_string())?;
                        let kind = before.entity_type(import.ty).map_err(told)?;
                        if let EntityType::Function(_) | EntityType::Tag(_) = kind {
                            return Err(format!("one takes {} by name", import.name));
                        }
                        let new = (import.name.to_owned(), kind);
                        if self.imported.contains(&new) {
                            continue;
                        }
                        // Each module's one global, table and memory are those of all.
                        let same = |known: &(String, EntityType)| {
                            std::mem::discriminant(&known.1) == std::mem::discriminant(&kind)
                        };
                        if self.imported.iter().any(same) {
                            return Err(format!("{} is another one of its kind", import.name));
                        }
                        self.imports.import(import.module, import.name, kind);
                        self.imported.push(new);
                    }
                }
                Payload::FunctionSection(functions) => {
                    n_functions = functions.count();
                    before.parse_function_section(&mut self.functions, functions).map_err(told)?;
                }
                Payload::ElementSection(elements) => {
                    before.parse_element_section(&mut self.elements, elements).map_err(told)?;
                }
                Payload::CodeSectionEntry(body) => {
                    before.parse_function_body(&mut self.code, body).map_err(told)?;
                }
                Payload::DataSection(datas) => {
                    before.parse_data_section(&mut self.datas, datas).map_err(told)?;
                }
                Payload::Version { .. }
                | Payload::DataCountSection { .. }
                | Payload::CodeSectionStart { .. }
                | Payload::CustomSection(_)
                | Payload::End(_) => {}
                // An empty section is written all the same.
                Payload::ExportSection(exports) if exports.count() == 0 => {}
                _ => return Err("one has more than functions and texts".into()),
            }
        }
        before.types = self.types.len();
        before.functions += n_functions;
        before.datas = self.datas.len();
        Ok(())
    }
}

impl Reencode for Before {
    type Error = Infallible;

    fn type_index(&mut self, index: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.types + index)
    }

    fn function_index(&mut self, index: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.functions + index)
    }

    fn data_index(&mut self, index: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.datas + index)
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{ConstExpr, Elements, Function, MemoryType, RefType, TableType, ValType};

    use super::*;

    /// A module with a function that answers `answer`, at `place` of the shared table.
    fn answering(answer: i32, place: i32) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I32]);
        let mut imports = ImportSection::new();
        let (minimum, memory64, shared) = (1, false, false);
        let (maximum, element_type) = (None, RefType::FUNCREF);
        imports.import(
            "a",
            "t",
            TableType { element_type, table64: false, minimum, maximum, shared },
        );
        let page_size_log2 = None;
        imports.import("a", "m", MemoryType { minimum, maximum, memory64, shared, page_size_log2 });
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut elements = ElementSection::new();
        elements.active(
            None,
            &ConstExpr::i32_const(place),
            Elements::Functions([0].as_slice().into()),
        );
        let mut code = CodeSection::new();
        let mut body = Function::new([]);
        body.instructions().i32_const(answer).end();
        code.function(&body);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions);
        module.section(&elements).section(&code);
        module.finish()
    }

    #[test]
    fn modules_that_are_joined_keep_their_functions_apart() {
        let all = joined(&[&answering(7, 1), &answering(8, 5)]).expect("two modules");
        let (mut n_imports, mut bodies, mut places) = (0, Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(&all) {
            match payload.expect("a module") {
                Payload::ImportSection(imports) => n_imports = imports.count(),
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes().to_vec()),
                Payload::ElementSection(elements) => {
                    for element in elements {
                        let wasmparser::ElementItems::Functions(all) =
                            element.expect("an element").items
                        else {
                            panic!("functions");
                        };
                        places.extend(all.into_iter().map(|n| n.expect("a number")));
                    }
                }
                _ => {}
            }
        }
        assert_eq!((n_imports, places), (2, vec![0, 1]));
        assert_eq!(bodies.iter().map(|body| body[2]).collect::<Vec<_>>(), [7, 8]);
    }

    #[test]
    fn parts_wait_for_the_joined_module() {
        let load = |n: u32| {
            format!(
                "/* a, b */\nconst __chunk_{n} = makeLoad(() => {{\n    fetch(\"./chunk_{n}.wasm\");\n}}\n, []);\n"
            )
        };
        let lists = |a: &str, b: &str| {
            format!(
                "export const a = makeLoad(() => {{}}, [{a}]);\nexport const b = makeLoad(() => {{}}, [{b}]);\n"
            )
        };
        let link = [
            load(1),
            load(2),
            load(12),
            load(3),
            lists("__chunk_1, __chunk_2, __chunk_12", "__chunk_2, __chunk_3"),
        ]
        .concat();
        let others = ["chunk_2.wasm".to_owned(), "chunk_3.wasm".to_owned()];
        let expected = [
            &load(1),
            "/* a, b */\n",
            &load(12),
            "/* a, b */\n",
            &lists("__chunk_1, __chunk_12", "__chunk_1"),
        ]
        .concat();
        assert_eq!(relinked(&link, "chunk_1.wasm", &others), Some(expected));
        assert_eq!(relinked("", "chunk_1.wasm", &others), None);
        assert!(waits(&link, "b", "chunk_2.wasm") && !waits(&link, "c", "chunk_2.wasm"));
    }
}
