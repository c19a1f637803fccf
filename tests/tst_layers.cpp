// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

namespace
{

// In the order of the arrows: a folder may include itself and the ones before it. Pages and document stand
// side by side, and neither knows the other.
const QStringList order = {"evidence", "analysis", "rules", "review",   "signoff", "history", "items",
                           "network",  "parts",    "pages", "document", "meeting", "window"};
const QStringList models = {"evidence", "analysis", "rules", "review", "signoff", "history", "items", "network"};

struct Include {
    QString file; ///< relative to the sources
    int line = 0;
    QString folder; ///< of the file: "rules"
    QString path; ///< "evidence/yaml.h", "QWidget"
    bool quoted = false;
};

std::vector<Include> includesOf(const QString &text, const QString &file, const QString &folder)
{
    static const QRegularExpression pattern(QStringLiteral(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re"));
    std::vector<Include> found;
    int line = 0;
    for (const QString &content : text.split(u'\n')) {
        ++line;
        if (const auto match = pattern.match(content); match.hasMatch())
            found.push_back({file, line, folder, match.captured(2), match.captured(1) == u"\""});
    }
    return found;
}

std::vector<Include> includesBelow(const QString &top)
{
    const QDir source(QStringLiteral(TENKEN_SOURCE_DIR));
    std::vector<Include> all;
    QDirIterator it(source.filePath(top), {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString relative = source.relativeFilePath(it.next());
        QFile file(it.filePath());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(relative));
        const QString folder = relative.section(u'/', 1, 1);
        std::ranges::copy(includesOf(QString::fromUtf8(file.readAll()), relative, folder),
                          std::back_inserter(all));
    }
    return all;
}

QString asText(const Include &i)
{
    return QStringLiteral("%1:%2: includes %3").arg(i.file).arg(i.line).arg(i.path);
}

/// What is wrong with one include, or nothing.
QString wrong(const Include &i)
{
    const QString target = i.path.section(u'/', 0, 0);
    if (i.quoted && !i.path.endsWith(u".moc"))
        return asText(i) + QStringLiteral(" in quotes: name the layer, <%1/…>").arg(i.folder);
    if (!i.path.contains(u'/') || !order.contains(target))
        return {};
    if (order.indexOf(target) > order.indexOf(i.folder))
        return asText(i) + QStringLiteral(": the arrow from %1 to %2 runs back").arg(i.folder, target);
    if (target == u"pages" && i.folder == u"document")
        return asText(i) + QStringLiteral(": document and pages stand side by side");
    return {};
}

/// "tenken::app::Ink" for each type that a header defines beside its namespace's margin.
QStringList typesIn(const QString &header)
{
    static const QRegularExpression space(QStringLiteral(R"re(^namespace ([\w:]+))re"));
    static const QRegularExpression type(QStringLiteral(R"re(^(?:struct|class|enum class|enum) (\w+)\b(?!::|.*;\s*$|.*;\s*//))re"));
    QString scope;
    QStringList names;
    for (const QString &line : header.split(u'\n')) {
        if (const auto match = space.match(line); match.hasMatch())
            scope = match.captured(1);
        else if (const auto match = type.match(line); match.hasMatch())
            names << scope + QStringLiteral("::") + match.captured(1);
    }
    return names;
}

bool isWidgets(const QString &path)
{
    static const QStringList classes = {"QWidget",
                                        "QApplication",
                                        "QMainWindow",
                                        "QDialog",
                                        "QLabel",
                                        "QPushButton",
                                        "QToolButton",
                                        "QTreeView",
                                        "QTableView",
                                        "QListView",
                                        "QHeaderView",
                                        "QAbstractItemView",
                                        "QAbstractItemDelegate",
                                        "QStyledItemDelegate",
                                        "QItemDelegate",
                                        "QStyle",
                                        "QProxyStyle",
                                        "QStyleOption",
                                        "QMenu",
                                        "QMenuBar",
                                        "QToolBar",
                                        "QStatusBar",
                                        "QMessageBox",
                                        "QFileDialog",
                                        "QWizard",
                                        "QLayout",
                                        "QBoxLayout",
                                        "QGridLayout",
                                        "QSplitter",
                                        "QScrollArea",
                                        "QFrame",
                                        "QTextEdit",
                                        "QPlainTextEdit",
                                        "QLineEdit",
                                        "QComboBox",
                                        "QTabWidget",
                                        "QTabBar",
                                        "QGraphicsView",
                                        "QGraphicsScene",
                                        "QGraphicsItem",
                                        "QToolTip",
                                        "QCompleter"};
    return classes.contains(path) || path.startsWith(u"QtWidgets") || path.startsWith(u"QtCharts")
        || path.startsWith(u"QtPrintSupport") || path.startsWith(u"QChart") || path.startsWith(u"QPrint");
}

} // namespace

class TestLayers : public QObject
{
    Q_OBJECT
private slots:
    void arrowsRunOneWay_data();
    void arrowsRunOneWay();
    void modelsKnowNoWidgets();
    void yamlCppIsSeenByOneFolder();
    void oneFolderReachesTheNetwork();
    void findsWhatItLooksFor();
    void namesStandForOneThing();
};

void TestLayers::arrowsRunOneWay_data()
{
    QTest::addColumn<QString>("top");
    QTest::newRow("models") << "models";
    QTest::newRow("views") << "views";
}

void TestLayers::arrowsRunOneWay()
{
    QFETCH(QString, top);
    const auto includes = includesBelow(top);
    QVERIFY2(!includes.empty(), qPrintable(top + QStringLiteral(": no includes found")));
    QStringList errors;
    for (const Include &i : includes) {
        if (!order.contains(i.folder))
            errors << i.file + QStringLiteral(": the folder %1 is no layer").arg(i.folder);
        else if (const QString error = wrong(i); !error.isEmpty())
            errors << error;
    }
    QVERIFY2(errors.isEmpty(), qPrintable(errors.join(u'\n')));
}

void TestLayers::modelsKnowNoWidgets()
{
    QStringList errors;
    for (const Include &i : includesBelow(QStringLiteral("models"))) {
        if (isWidgets(i.path))
            errors << asText(i);
    }
    QVERIFY2(errors.isEmpty(), qPrintable(errors.join(u'\n')));
}

void TestLayers::yamlCppIsSeenByOneFolder()
{
    QStringList errors;
    for (const QString &top : {QStringLiteral("models"), QStringLiteral("views"), QStringLiteral("app")}) {
        for (const Include &i : includesBelow(top)) {
            if (i.path.startsWith(u"yaml-cpp") && !i.file.startsWith(u"models/evidence/yaml"))
                errors << asText(i);
        }
    }
    QVERIFY2(errors.isEmpty(), qPrintable(errors.join(u'\n')));
}

void TestLayers::oneFolderReachesTheNetwork()
{
    static const QRegularExpression network(
        QStringLiteral("^(QtNetwork|QNetwork|QSsl|QTcp|QUdp|QLocalS|QHost|QDns|qt6keychain|keychain)"));
    QStringList errors;
    bool used = false;
    for (const QString &top : {QStringLiteral("models"), QStringLiteral("views"), QStringLiteral("app")}) {
        for (const Include &i : includesBelow(top)) {
            const bool asks = network.match(i.path).hasMatch();
            used = used || asks;
            if (asks && !i.file.startsWith(u"models/network/"))
                errors << asText(i);
        }
    }
    QVERIFY2(errors.isEmpty(), qPrintable(errors.join(u'\n')));
    QVERIFY(used);
}

// The test itself must be able to fail.
void TestLayers::findsWhatItLooksFor()
{
    const auto one = [](const QString &line, const QString &folder) {
        const auto found = includesOf(QStringLiteral("// x\n") + line, QStringLiteral("f.cpp"), folder);
        return found.empty() ? QStringLiteral("nothing found") : wrong(found.front());
    };
    QVERIFY(one("#include <rules/rule.h>", "evidence").contains(QStringLiteral("f.cpp:2")));
    QVERIFY(one("  # include <window/mainwindow.h>", "pages").contains(QStringLiteral("runs back")));
    QVERIFY(one("#include \"../rules/rule.h\"", "rules").contains(QStringLiteral("in quotes")));
    QVERIFY(one("#include <pages/overview.h>", "document").contains(QStringLiteral("side by side")));
    QCOMPARE(one("#include <evidence/yaml.h>", "rules"), QString());
    QCOMPARE(one("#include <rules/rule.h>", "rules"), QString());
    QCOMPARE(one("#include \"session.moc\"", "review"), QString());
    QCOMPARE(one("#include <QWidget>", "rules"), QString()); // told by the other test
    QVERIFY(isWidgets(QStringLiteral("QWidget")) && isWidgets(QStringLiteral("QtWidgets/QLabel")));
    QVERIFY(!isWidgets(QStringLiteral("QColor")) && !isWidgets(QStringLiteral("QUndoStack")));
}

// Two types of one name in one namespace: the linker keeps one of their destructors for both.
void TestLayers::namesStandForOneThing()
{
    QCOMPARE(typesIn(QStringLiteral("namespace tenken::app {\nclass Other;\nstruct Ink {\n    struct Inner {};\n};\nclass B : public A\n"
                                    "{\n};\nenum class Kind { A, B };\nenum class Many {\n    A };\n")),
             QStringList({"tenken::app::Ink", "tenken::app::B", "tenken::app::Many"}));
    const QDir source(QStringLiteral(TENKEN_SOURCE_DIR));
    QMap<QString, QString> known;
    for (const char *top : {"models", "views", "app"}) {
        QDirIterator it(source.filePath(QString::fromLatin1(top)), {"*.h"}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString path = source.relativeFilePath(file.fileName());
            for (const QString &name : typesIn(QString::fromUtf8(file.readAll()))) {
                QVERIFY2(!known.contains(name), qPrintable(QStringLiteral("%1 in %2 and %3").arg(name, known.value(name), path)));
                known.insert(name, path);
            }
        }
    }
    QCOMPARE_GT(known.size(), 300);
}

QTEST_APPLESS_MAIN(TestLayers)
#include "tst_layers.moc"
