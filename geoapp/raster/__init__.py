"""The only room with rasterio: pictures are checked, laid on the web grid, read by tiles. It knows no database."""
