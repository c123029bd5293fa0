//! The figures that are taken from what forecasts say of themselves.

use super::measure::{Measure, barred, capped, watched};

/// Of `forecast evaluate`: shares in percent.
pub(super) const FORECAST: &[Measure] = &[
    barred("MRR", "/mrr", 44.0),
    capped("learning and evaluation, CPU-seconds", "/cpu_seconds", 100.0),
    capped("peak memory, MB", "/peak_megabytes", 2000.0),
    watched("hits@1", "/hits@1"),
    watched("hits@3", "/hits@3"),
    watched("hits@10", "/hits@10"),
    watched("MRR, seen triples", "/methods/combined/seen/mrr"),
    watched("MRR, unseen triples", "/methods/combined/unseen/mrr"),
    watched("MRR, rules alone", "/methods/rules/all/mrr"),
    watched("MRR, rules alone, seen", "/methods/rules/seen/mrr"),
    watched("MRR, rules alone, unseen", "/methods/rules/unseen/mrr"),
    watched("MRR, rules over others alone", "/methods/walks/all/mrr"),
    watched("MRR, rules over others alone, seen", "/methods/walks/seen/mrr"),
    watched("MRR, rules over others alone, unseen", "/methods/walks/unseen/mrr"),
    watched("MRR, recurrency alone", "/methods/recurrency/all/mrr"),
    watched("MRR, recurrency alone, seen", "/methods/recurrency/seen/mrr"),
    watched("MRR, recurrency alone, unseen", "/methods/recurrency/unseen/mrr"),
    watched("MRR, frequency alone", "/methods/frequency/all/mrr"),
    watched("MRR, frequency alone, seen", "/methods/frequency/seen/mrr"),
    watched("MRR, frequency alone, unseen", "/methods/frequency/unseen/mrr"),
];

/// Of the same without one kind of evidence.
pub(super) const WITHOUT: &[Measure] = &[
    watched("MRR", "/mrr"),
    watched("MRR, seen triples", "/methods/combined/seen/mrr"),
    watched("MRR, unseen triples", "/methods/combined/unseen/mrr"),
];

/// Of `backtest`: shares and skill in percent; skill against the base rate of the same triple, or the named baseline.
pub(super) const BACKTEST: &[Measure] = &[
    watched("whether: forecasts", "/probability/cases"),
    watched("whether: came true, %", "/probability/happened"),
    watched("whether: calibration error, points", "/probability/calibration_error"),
    watched("whether: skill, Brier score", "/probability/skill/brier"),
    watched("whether: skill, log loss", "/probability/skill/log_loss"),
    watched("when: forecasts", "/timing/cases"),
    watched("when: log loss, nats", "/timing/log_loss"),
    watched("when: skill, log loss", "/timing/skill/log_loss"),
    watched("when: CRPS, days", "/timing/crps"),
    watched("when: skill, CRPS", "/timing/skill/crps"),
    watched("when: within the 50 % interval", "/timing/coverage/50"),
    watched("when: the same, expected", "/timing/coverage/50_expected"),
    watched("when: within the 90 % interval", "/timing/coverage/90"),
    watched("when: the same, expected", "/timing/coverage/90_expected"),
    watched("how many, pairs: forecasts", "/dyads/forecasts"),
    watched("how many, pairs: CRPS, events", "/dyads/crps"),
    watched("how many, pairs: skill, CRPS, last value", "/dyads/baselines/last/skill/crps"),
    watched("how many, pairs: skill, CRPS, mean", "/dyads/baselines/mean/skill/crps"),
    watched("how many, pairs: skill, CRPS, season", "/dyads/baselines/seasonal/skill/crps"),
    watched("how many, pairs: skill, ignorance, last value", "/dyads/baselines/last/skill/ignorance"),
    watched("how many, pairs: skill, ignorance, mean", "/dyads/baselines/mean/skill/ignorance"),
    watched(
        "how many, pairs: skill, interval score, last value",
        "/dyads/baselines/last/skill/interval_score",
    ),
    watched("how many, pairs: skill, interval score, mean", "/dyads/baselines/mean/skill/interval_score"),
    watched("how many, pairs: within the 90 % interval", "/dyads/coverage/90"),
    watched("how many, pairs: the same, expected", "/dyads/coverage/90_expected"),
    watched("how many, actors: CRPS, events", "/actors/crps"),
    watched("how many, actors: skill, CRPS, last value", "/actors/baselines/last/skill/crps"),
    watched("how many, actors: skill, CRPS, mean", "/actors/baselines/mean/skill/crps"),
    watched("how many, actors: within the 90 % interval", "/actors/coverage/90"),
    watched("how many, actors: the same, expected", "/actors/coverage/90_expected"),
];
