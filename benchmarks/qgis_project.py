"""A project of QGIS with a print layout, over the tables of the benchmark; run by the interpreter that has PyQGIS.

/usr/bin/python3 qgis_project.py WHAT.json PROJECT.qgs
"""

import json
import sys

from qgis.core import (  # type: ignore[import-not-found]
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDataSourceUri,
    QgsFillSymbol,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemScaleBar,
    QgsPalLayerSettings,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)  # fmt: skip
from qgis.PyQt.QtCore import QRectF  # type: ignore[import-not-found]


def main() -> None:
    """Make the project that the first file describes."""
    what = json.load(open(sys.argv[1], encoding="utf-8"))  # noqa: PTH123, SIM115 - an old interpreter's small script
    QgsApplication.setPrefixPath("/usr", True)
    program = QgsApplication([], False)
    program.initQgis()
    project = QgsProject.instance()
    crs = QgsCoordinateReferenceSystem(f"EPSG:{what['epsg']}")
    project.setCrs(crs)
    layers = [add_layer(project, what["database"], one) for one in what["layers"]]
    west, south, east, north = what["extent"]
    ground = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), crs, project).transformBoundingBox(
        QgsRectangle(west, south, east, north)
    )
    add_layout(project, layers, ground, what["title"])
    project.write(sys.argv[2])
    print(json.dumps([ground.xMinimum(), ground.yMinimum(), ground.xMaximum(), ground.yMaximum()]))
    program.exitQgis()


def add_layer(project, database, one):  # type: ignore[no-untyped-def]
    """A layer of a table, a class for each value as our layers declare it."""
    uri = QgsDataSourceUri()
    uri.setConnection(database["host"], "", database["name"], database["user"], "")
    uri.setDataSource("bench", one["table"], "geom", one["where"], "id")
    layer = QgsVectorLayer(uri.uri(False), one["title"], "postgres")
    if not layer.isValid():
        sys.exit(f"the table {one['table']} cannot be read by QGIS")
    symbols = [(style["value"], symbol(style), style["label"]) for style in one["classes"]]
    if one["field"]:
        layer.setRenderer(QgsCategorizedSymbolRenderer(one["field"], [QgsRendererCategory(*row) for row in symbols]))
    else:
        layer.setRenderer(QgsSingleSymbolRenderer(symbols[0][1]))
    if one["label"]:
        named = QgsPalLayerSettings()
        named.fieldName = one["label"]
        layer.setLabeling(QgsVectorLayerSimpleLabeling(named))
        layer.setLabelsEnabled(True)
    project.addMapLayer(layer)
    return layer


def symbol(style):  # type: ignore[no-untyped-def]
    """How a class is drawn; without the patterns of ours, which QGIS draws slowly."""
    return QgsFillSymbol.createSimple(
        {
            "color": style["fill"] or "255,255,255,0",
            "outline_color": style["stroke"] or "255,255,255,0",
            "outline_width": "0.26",
            "outline_style": "solid" if style["stroke"] else "no",
        }
    )


def add_layout(project, layers, ground, title):  # type: ignore[no-untyped-def]
    """A3 across: map, title, legend, scale."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName("sheet")
    layout.pageCollection().page(0).setPageSize("A3", QgsLayoutItemPage.Landscape)
    shown = QgsLayoutItemMap(layout)
    shown.attemptSetSceneRect(QRectF(14, 34, 314, 232))
    shown.setLayers(list(reversed(layers)))
    shown.setFrameEnabled(True)
    shown.zoomToExtent(ground)
    layout.addLayoutItem(shown)
    label = QgsLayoutItemLabel(layout)
    label.setText(title)
    label.attemptSetSceneRect(QRectF(10, 10, 300, 14))
    layout.addLayoutItem(label)
    legend = QgsLayoutItemLegend(layout)
    legend.setLinkedMap(shown)
    legend.attemptSetSceneRect(QRectF(334, 34, 76, 200))
    layout.addLayoutItem(legend)
    bar = QgsLayoutItemScaleBar(layout)
    bar.setStyle("Single Box")
    bar.setLinkedMap(shown)
    bar.applyDefaultSize()
    bar.attemptSetSceneRect(QRectF(14, 274, 120, 14))
    layout.addLayoutItem(bar)
    project.layoutManager().addLayout(layout)


main()
