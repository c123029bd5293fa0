//! Temporal knowledge graph forecasting: who will do what to whom at the next step, and on what evidence.
