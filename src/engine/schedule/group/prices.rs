//! A bound from prices: were each seat to cost something, and each who makes it worth one, then however the prices are
//! set no way of giving out the seats is worth more than all seats together and what each person has left after the
//! cheapest way. The lower that sum, the better the bound, so prices rise where too many want to sit and fall where
//! seats stay empty (Lagrangian relaxation with subgradients: Fisher, "The Lagrangian Relaxation Method for Solving
//! Integer Programming Problems", Management Science 27, 1981).
//!
//! Whole numbers throughout: whatever the prices, the bound holds to the last digit and is the same on every machine.

/// What one who makes it is worth.
const WORTH: i64 = 1_000_000;
/// How many times the prices are set anew.
const ROUNDS: usize = 400;
/// After so many rounds without a better bound the prices move by half as much.
const PATIENCE: usize = 10;

/// By person, by way, by piece: the occasions of which one must be had.
pub(super) type Wants = Vec<Vec<Vec<Vec<usize>>>>;

/// The best prices that were found.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    /// No more than so many can make it.
    pub at_most: usize,
    /// By occasion.
    prices: Vec<i64>,
}

impl Settled {
    /// What the cheapest of somebody's ways costs; none without a way.
    pub(super) fn cost(&self, ways: &[Vec<Vec<usize>>]) -> Option<i64> {
        ways.iter().map(|way| cost(way, &self.prices)).min()
    }
}

/// Looks for the prices that bound best how many can make it. `free` are the seats of each occasion, none = as many as
/// come; `known` make it already.
pub(super) fn settle(free: &[Option<u32>], wants: &Wants, known: usize) -> Settled {
    let mut prices = vec![0; free.len()];
    let mut best = Settled { at_most: usize::MAX, prices: prices.clone() };
    let (mut scale, mut waited) = (2.0, 0);
    for _ in 0..ROUNDS {
        let told = tell(free, wants, &prices);
        let bound = (told.sum / WORTH) as usize;
        waited += 1;
        if bound < best.at_most {
            best = Settled { at_most: bound, prices: prices.clone() };
            waited = 0;
        }
        if best.at_most <= known {
            break;
        }
        if waited == PATIENCE {
            (scale, waited) = (scale / 2.0, 0);
        }
        // Where too many want to sit the price rises; an empty seat that costs nothing changes nothing.
        let slopes: Vec<i64> = (0..free.len()).map(|at| slope(free[at], told.wanted[at], prices[at])).collect();
        let steep: i64 = slopes.iter().map(|slope| slope * slope).sum();
        if steep == 0 {
            break;
        }
        let step = scale * (told.sum - known as i64 * WORTH) as f64 / steep as f64;
        for (price, slope) in prices.iter_mut().zip(slopes) {
            *price = (*price + (step * slope as f64) as i64).clamp(0, WORTH);
        }
    }
    best
}

/// How many more want to sit than can.
fn slope(free: Option<u32>, wanted: i64, price: i64) -> i64 {
    match free.map(|free| wanted - i64::from(free)) {
        None => 0,
        Some(slope) if slope < 0 && price == 0 => 0,
        Some(slope) => slope,
    }
}

/// What these prices lead to.
struct Told {
    sum: i64,
    /// By occasion, how many sit there when each takes the cheapest way that is worth it.
    wanted: Vec<i64>,
}

fn tell(free: &[Option<u32>], wants: &Wants, prices: &[i64]) -> Told {
    let mut wanted = vec![0; free.len()];
    let seats = free.iter().zip(prices).map(|(free, price)| i64::from(free.unwrap_or_default()) * price);
    let mut sum: i64 = seats.sum();
    for ways in wants {
        let costs = ways.iter().map(|way| (cost(way, prices), way));
        if let Some((cost, way)) = costs.min_by_key(|(cost, _)| *cost).filter(|(cost, _)| *cost < WORTH) {
            sum += WORTH - cost;
            way.iter().filter_map(|piece| cheapest(piece, prices)).for_each(|at| wanted[at] += 1);
        }
    }
    Told { sum, wanted }
}

fn cheapest(piece: &[usize], prices: &[i64]) -> Option<usize> {
    piece.iter().copied().min_by_key(|&at| (prices[at], at))
}

fn cost(way: &[Vec<usize>], prices: &[i64]) -> i64 {
    way.iter().filter_map(|piece| cheapest(piece, prices)).map(|at| prices[at]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_that_are_wanted_for_several_pieces_bound_more_than_each_by_itself() {
        // Two seats of one module and two of another: of four people two want the one, two the other, and two more both.
        let free = [Some(2), Some(2)];
        let (one, other) = (vec![vec![0]], vec![vec![1]]);
        let both = vec![vec![0], vec![1]];
        let wants =
            vec![vec![one.clone()], vec![one], vec![other.clone()], vec![other], vec![both.clone()], vec![both]];
        assert_eq!(settle(&free, &wants, 0).at_most, 4);
    }

    #[test]
    fn whoever_has_another_way_or_needs_no_seat_makes_it() {
        let free = [Some(1), None];
        let wants = vec![vec![vec![vec![0]]], vec![vec![vec![0]], vec![vec![1]]], vec![vec![vec![]]], vec![]];
        assert_eq!(settle(&free, &wants, 0).at_most, 3, "the last has no way");
    }
}
