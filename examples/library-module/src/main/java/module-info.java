/** A module that enlarges pictures. Images of AWT are part of the library's signatures. */
module com.example.enlarge {
    requires dev.repsr.core;
    requires java.desktop;
}
