package dev.repsr.server.planted;

import io.micrometer.core.instrument.MeterRegistry;
import org.eclipse.jetty.server.Server;

/** Knows Jetty and Micrometer. */
record UsesLibrary(Server server, MeterRegistry registry) {}
