package dev.repsr.server.planted;

import java.net.http.HttpClient;

/** Asks somebody else. */
record OpensConnection(HttpClient client) {}
