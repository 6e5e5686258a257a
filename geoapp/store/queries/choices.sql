-- Choices of the product that are not law.
SELECT key, value, unit, name_vi, name_en FROM choices
