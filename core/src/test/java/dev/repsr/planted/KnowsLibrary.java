package dev.repsr.planted;

import org.assertj.core.api.AbstractAssert;

/** Knows a library. */
record KnowsLibrary(AbstractAssert<?, ?> library) {}
