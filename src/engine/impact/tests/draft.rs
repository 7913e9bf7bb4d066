//! Random changes to a sample curriculum, all of them sound.

use crate::curriculum::model::{Curriculum, Needs};
use crate::engine::sample::{self, Dice, Shape};

/// The curriculum after `changes` changes; the same seed always gives the same.
pub(super) fn draft(curriculum: &Curriculum, changes: usize, seed: u64) -> Curriculum {
    let mut dice = Dice(seed ^ 0xd1af7);
    let mut after = curriculum.clone();
    for _ in 0..changes {
        change(&mut after, &mut dice);
    }
    after
}

fn change(curriculum: &mut Curriculum, dice: &mut Dice) {
    match dice.below(16) {
        0..=5 => cell(curriculum, dice),
        6 | 7 => deadline(curriculum, dice),
        8 => choice(curriculum, dice),
        9 => hours(curriculum, dice),
        10 => prerequisite(curriculum, dice),
        11 => equivalent(curriculum, dice),
        12 => remove_module(curriculum, dice),
        13 => add_module(curriculum, dice),
        14 => inclusion(curriculum, dice),
        _ => holdings(curriculum, dice),
    }
}

fn any_dose(curriculum: &Curriculum, dice: &mut Dice) -> String {
    let at = dice.below(curriculum.doses.len() as u64) as usize;
    curriculum.doses.keys().nth(at).expect("samples have doses").clone()
}

fn any_module(curriculum: &Curriculum, dice: &mut Dice) -> usize {
    dice.below(curriculum.modules.len() as u64) as usize
}

/// Required or not.
fn cell(curriculum: &mut Curriculum, dice: &mut Dice) {
    let (dose, module) = (any_dose(curriculum, dice), any_module(curriculum, dice));
    let id = curriculum.modules[module].0.clone();
    let dose = curriculum.doses.get_mut(&dose).expect("a dose");
    match dose.required.iter().position(|required| *required == id) {
        Some(at) => drop(dose.required.remove(at)),
        None => dose.required.push(id),
    }
}

fn deadline(curriculum: &mut Curriculum, dice: &mut Dice) {
    let dose = any_dose(curriculum, dice);
    let dose = curriculum.doses.get_mut(&dose).expect("a dose");
    let days = dice.below(600) as u32;
    match dose.required.first() {
        Some(module) if dice.percent(50) => drop(dose.deadlines.insert(module.clone(), days)),
        _ => dose.within_days = days,
    }
}

fn choice(curriculum: &mut Curriculum, dice: &mut Dice) {
    let dose = any_dose(curriculum, dice);
    let dose = curriculum.doses.get_mut(&dose).expect("a dose");
    match dose.one_of.first_mut() {
        Some(one_of) if one_of.choose > 0 && dice.percent(50) => one_of.choose -= 1,
        Some(one_of) if (one_of.choose as usize) < one_of.from.len() => one_of.choose += 1,
        _ => dose.one_of.clear(),
    }
}

fn hours(curriculum: &mut Curriculum, dice: &mut Dice) {
    let module = any_module(curriculum, dice);
    curriculum.modules[module].1.hours = 0.25 * (1 + dice.below(40)) as f64;
}

/// Builds on one that is written earlier, or on nothing.
fn prerequisite(curriculum: &mut Curriculum, dice: &mut Dice) {
    let module = any_module(curriculum, dice);
    let earlier: Vec<String> = curriculum.modules[..module].iter().map(|(id, _)| id.clone()).collect();
    let some = dice.some(&earlier, 2);
    curriculum.modules[module].1.builds_on = match dice.below(3) {
        0 => Needs::default(),
        1 if !some.is_empty() => Needs::Any(some.into_iter().map(Needs::Module).collect()),
        _ => Needs::All(some.into_iter().map(Needs::Module).collect()),
    };
}

fn equivalent(curriculum: &mut Curriculum, dice: &mut Dice) {
    let module = any_module(curriculum, dice);
    let other = any_module(curriculum, dice);
    let other = curriculum.modules[other].0.clone();
    let (id, module) = &mut curriculum.modules[module];
    if module.equivalent.is_empty() && other != *id {
        module.equivalent.push(other);
    } else {
        module.equivalent.clear();
    }
}

/// Out of everything that names it.
fn remove_module(curriculum: &mut Curriculum, dice: &mut Dice) {
    if curriculum.modules.len() < 2 {
        return;
    }
    let module = any_module(curriculum, dice);
    let (id, _) = curriculum.modules.remove(module);
    for (_, module) in &mut curriculum.modules {
        module.builds_on = without(&module.builds_on, &id);
        module.equivalent.retain(|other| *other != id);
    }
    for dose in curriculum.doses.values_mut() {
        dose.required.retain(|other| *other != id);
        dose.recommended.retain(|other| *other != id);
        dose.deadlines.remove(&id);
        for one_of in &mut dose.one_of {
            one_of.from.retain(|other| *other != id);
            one_of.choose = one_of.choose.min(one_of.from.len() as u32);
        }
    }
}

fn without(needs: &Needs, id: &str) -> Needs {
    let parts = |parts: &[Needs]| -> Vec<Needs> {
        let kept = parts.iter().filter(|part| !matches!(part, Needs::Module(other) if other == id));
        kept.map(|part| without(part, id)).collect()
    };
    match needs {
        Needs::Module(other) if other == id => Needs::default(),
        Needs::Module(_) => needs.clone(),
        Needs::All(all) => Needs::All(parts(all)),
        Needs::Any(any) => match parts(any) {
            left if left.is_empty() => Needs::default(),
            left => Needs::Any(left),
        },
        Needs::AtLeast(least, some) => {
            let left = parts(some);
            Needs::AtLeast((*least).min(left.len() as u32), left)
        }
    }
}

/// A new one, written somewhere among the others, and required by a dose.
fn add_module(curriculum: &mut Curriculum, dice: &mut Dice) {
    let shape = Shape { modules: 1, reach: 1, alternatives: 0, equivalents: 0, dose: 0 };
    let mut module = sample::curriculum(&shape, dice.below(1000)).modules.remove(0).1;
    let at = dice.below(curriculum.modules.len() as u64 + 1) as usize;
    let earlier: Vec<String> = curriculum.modules[..at].iter().map(|(id, _)| id.clone()).collect();
    module.builds_on = Needs::All(dice.some(&earlier, 1).into_iter().map(Needs::Module).collect());
    let id = format!("{}{:04}", ["a", "z"][dice.below(2) as usize], dice.below(10_000));
    if curriculum.modules.iter().all(|(known, _)| *known != id) {
        curriculum.modules.insert(at, (id.clone(), module));
        let dose = any_dose(curriculum, dice);
        curriculum.doses.get_mut(&dose).expect("a dose").required.push(id);
    }
}

fn inclusion(curriculum: &mut Curriculum, dice: &mut Dice) {
    let ids: Vec<String> = curriculum.roles.keys().cloned().collect();
    let some = dice.some(&ids, 2);
    if let [role, other] = &some[..] {
        let role = curriculum.roles.get_mut(role).expect("a role");
        match role.includes.is_empty() {
            true => role.includes.push(other.clone()),
            false => role.includes.clear(),
        }
    }
}

/// Everybody's dose, a title's, or a role that goes.
fn holdings(curriculum: &mut Curriculum, dice: &mut Dice) {
    let dose = any_dose(curriculum, dice);
    match dice.below(4) {
        0 => curriculum.about.everyone = None,
        1 => curriculum.about.everyone = Some(dose),
        2 => curriculum.titles.values_mut().next().expect("a title").dose = Some(dose),
        _ => {
            curriculum.roles.retain(|id, _| id != "c");
            curriculum.roles.values_mut().for_each(|role| role.includes.retain(|id| id != "c"));
        }
    }
}
