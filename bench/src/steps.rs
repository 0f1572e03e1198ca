//! Counts the instructions that a Wasm module of ours executes: a measure that is the same on
//! every machine, and under any load.

use std::path::Path;

use wasmi::{Config, Engine, Extern, ExternType, Func, Linker, Module, Store, Val};

/// A module in an interpreter that counts.
pub struct Counter {
    engine: Engine,
    module: Module,
    call: Call,
}

/// What is called with each text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// The engine reads and analyses it.
    Analyse,
    /// The importer reads it as a file of this name.
    Import(&'static str),
}

impl Counter {
    /// Loads the module at `path`, for `call`.
    pub fn load(path: &Path, call: Call) -> Result<Counter, String> {
        let mut config = Config::default();
        config.consume_fuel(true);
        let engine = Engine::new(&config);
        let wasm = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let module = Module::new(&engine, &wasm[..]).map_err(|e| e.to_string())?;
        Ok(Counter { engine, module, call })
    }

    /// How many instructions the call takes for each of `texts`, with writing the result;
    /// copying and filling memory counts by its bytes. Word lists are read before.
    ///
    /// An error is a trap: the module panicked, or ran out of its four gigabytes.
    pub fn steps(&self, texts: &[&str]) -> Result<Vec<u64>, String> {
        self.run(texts).map_err(|e| e.to_string())
    }

    fn run(&self, texts: &[&str]) -> Result<Vec<u64>, wasmi::Error> {
        let mut store = Store::new(&self.engine, ());
        store.set_fuel(u64::MAX)?;
        let mut linker = Linker::new(&self.engine);
        for import in self.module.imports() {
            // The module calls out only to report a panic.
            if let ExternType::Func(kind) = import.ty() {
                let reported = Func::new(&mut store, kind.clone(), |_, _, _| {
                    Err(wasmi::Error::new("the module called out, as it does in a panic"))
                });
                linker.define(import.module(), import.name(), reported)?;
            }
        }
        let instance = linker.instantiate_and_start(&mut store, &self.module)?;
        let export = |name: &str| {
            let named = self.module.exports().map(|e| e.name());
            let mut named = named.filter(|n| n.starts_with(name));
            named.next().and_then(|n| instance.get_export(&store, n))
        };
        let func = |name: &str| match export(name) {
            Some(Extern::Func(func)) => Ok(func),
            _ => Err(wasmi::Error::new(format!("the module has no function {name}"))),
        };
        let malloc = func("__wbindgen_malloc")?;
        let called = func(match self.call {
            Call::Analyse => "read_and_analyse",
            Call::Import(_) => "read",
        })?;
        let Some(Extern::Memory(memory)) = export("memory") else {
            return Err(wasmi::Error::new("the module has no memory"));
        };
        // The result, a place and a length, goes where the first argument points.
        let result = allocated(&mut store, malloc, 8)?;
        let words = |e: &dyn std::fmt::Display| wasmi::Error::new(e.to_string());
        let given = |store: &mut Store<()>, text: &str| {
            let n = i32::try_from(text.len()).map_err(|e| words(&e))?;
            let at = allocated(store, malloc, n)?;
            let place = usize::try_from(at).map_err(|e| words(&e))?;
            memory.write(store, place, text.as_bytes()).map_err(|e| words(&e))?;
            Ok::<_, wasmi::Error>([at, n])
        };
        let mut counts = Vec::new();
        for text in std::iter::once(&WARM_UP).chain(texts) {
            let [at, n] = given(&mut store, text)?;
            let mut values = vec![result, at, n];
            if let Call::Import(name) = self.call {
                values.extend(given(&mut store, name)?);
                // Neither type nor address, and no piece of a page.
                values.extend([0; 5]);
            }
            let values: Vec<Val> = values.into_iter().map(Val::I32).collect();
            let before = store.get_fuel()?;
            called.call(&mut store, &values, &mut [])?;
            counts.push(before - store.get_fuel()?);
        }
        counts.remove(0);
        Ok(counts)
    }
}

/// Makes the engine read the word lists that it keeps.
const WARM_UP: &str =
    "The vote\n\nMarch 5, 2024\n\n“We lost and that is it,” said the mayor.\n\nNo comments:";

/// Asks the module for `bytes` of its memory.
fn allocated(store: &mut Store<()>, malloc: Func, bytes: i32) -> Result<i32, wasmi::Error> {
    let mut place = [Val::I32(0)];
    malloc.call(store, &[Val::I32(bytes), Val::I32(4)], &mut place)?;
    place[0].i32().ok_or_else(|| wasmi::Error::new("the module's memory has no 32-bit places"))
}
