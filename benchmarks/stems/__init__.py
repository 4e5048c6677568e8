"""How well stems bring a word's forms together and keep words apart, beside other Arabic stemmers."""
