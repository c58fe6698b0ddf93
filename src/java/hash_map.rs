//! The order in which `java.util.HashMap` walks its keys: templates of API Gateway see it in `$context`.

use super::text::hash_code;

/// The order, as indexes into `keys`, in which a `HashMap` of the default capacity gives keys that were put into it one
/// after the other. Recorded key sets of API Gateway's `$context` come in exactly this order.
pub(crate) fn hash_order(keys: &[&str]) -> Vec<usize> {
    let mut capacity: u32 = 16;
    // The table doubles when it is more than three quarters full.
    while keys.len() * 4 > capacity as usize * 3 {
        capacity *= 2;
    }
    let bucket = |key: &str| {
        let hash = hash_code(key) as u32;
        (hash ^ (hash >> 16)) & (capacity - 1)
    };
    let mut order: Vec<usize> = (0..keys.len()).collect();
    // Stable: keys of one bucket keep the order of insertion.
    order.sort_by_key(|index| bucket(keys[*index]));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recorded_order_of_request_override() {
        let keys = ["path", "header", "querystring"];
        let order: Vec<&str> = hash_order(&keys).into_iter().map(|i| keys[i]).collect();
        assert_eq!(order, ["path", "header", "querystring"]);
    }
}
