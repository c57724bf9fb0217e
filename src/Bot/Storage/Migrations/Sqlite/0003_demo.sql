-- Where a demonstration stands: its clock, and the last audit row that loading it wrote. Empty everywhere else.
CREATE TABLE demo_stand (
    now          TEXT   NOT NULL,
    loaded_up_to BIGINT NOT NULL
);
