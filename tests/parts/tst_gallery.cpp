// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "parts/comparisonsample.h"
#include "parts/sheet.h"

#include <parts/answercard.h>
#include <parts/badge.h>
#include <parts/badgewidget.h>
#include <parts/charts.h>
#include <parts/charts/plotview.h>
#include <parts/chip.h>
#include <parts/comparison.h>
#include <parts/emptystate.h>
#include <parts/icons.h>
#include <parts/keycap.h>
#include <parts/panel.h>
#include <parts/pictureexport.h>
#include <parts/pictureview.h>
#include <parts/segmentbar.h>
#include <parts/sourceview.h>
#include <parts/style.h>
#include <parts/type.h>

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace tenken;

/// Every part once, in both schemes and languages. With TENKEN_GALLERY=<folder> the pictures are kept for
/// looking; always they are checked for not being blank.
class Gallery : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { useTenkenLook(false); }
    void badges();
    void pictures_data();
    void pictures();
    void runCharts_data();
    void runCharts();
    void comparison();
    void crosshair();
    void controls();
    void item();
    void evidence();

private:
    void keep(const QImage &image, const Colours &colours, const QString &name);
};

void Gallery::keep(const QImage &image, const Colours &colours, const QString &name)
{
    QVERIFY2(inkedPixels(image, colours.base) > 200, qPrintable(name));
    const QString folder = qEnvironmentVariable("TENKEN_GALLERY");
    if (!folder.isEmpty()) {
        QDir().mkpath(folder);
        QVERIFY(image.save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
    }
}

void Gallery::badges()
{
    const QStringList ja{"合格",     "注意", "不合格", "不明",     "対象外", "申告",
                         "差し戻し", "免除", "質問",   "要再確認", "未回答", "未実施"};
    for (const Colours *c : {&lightColours(), &darkColours()}) {
        const QImage image = sheet(
            {560, 420}, *c,
            [&](QPainter &p, const QRectF &) {
                for (int i = 0; i < ja.size(); ++i) {
                    const Glyph g = Glyph(i);
                    const qreal y = 10 + i * 28;
                    p.setFont(unitFontFor(Type::CaptionBold));
                    drawBadge(p, {10, y, 100, 20}, g, ja[i], *c);
                    drawGlyph(p, {130, y + 3, 14, 14}, g, *c);
                    drawGlyph(p, {160, y + 1, 18, 18}, g, *c);
                    drawGlyph(p, {200, y - 3, 26, 26}, g, *c);
                    p.setFont(unitFontFor(Type::CaptionBold, 1.3));
                    drawBadge(p, {250, y - 3, 100, 26}, g, ja[i], *c);
                    if (i < 3)
                        drawGlyph(p, {440, 10 + i * 64.0, 56, 56}, g, *c);
                }
                SectionCount n;
                n.pass = 10, n.warn = 1, n.fail = 3, n.unknown = 2, n.notApplicable = 1;
                drawSegments(p, {10, 356, 96, 8}, n, *c);
                drawSegments(p, {130, 352, 300, 16}, n, *c);
                drawComparison(p, {10, 380, 112, 20}, {30, 45, Comparison::Relation::AtLeast, "s"},
                               Verdict::Fail, *c);
                drawComparison(p, {140, 380, 112, 20}, {30, 120, Comparison::Relation::AtMost, "s"},
                               Verdict::Pass, *c);
                drawComparison(p, {270, 380, 112, 20}, {20, 8, Comparison::Relation::AtLeast, "s"},
                               Verdict::Warn, *c);
            },
            2);
        keep(image, *c, QStringLiteral("badges-") + (c->dark ? "dark" : "light"));
    }
}

void Gallery::pictures_data()
{
    QTest::addColumn<std::shared_ptr<Picture>>("picture");
    QTest::addColumn<QSize>("size");
    const auto row = [](const char *name, Picture picture, QSize size) {
        QTest::newRow(name) << std::make_shared<Picture>(std::move(picture)) << size;
    };
    row("timeline", samples::stop(), {592, 0});
    row("timeline-narrow", samples::stop(), {420, 0});
    row("rollout", samples::rollout(), {592, 0});
    row("zoneloss", samples::zones(), {592, 0});
    row("canary", samples::canary(), {592, 0});
    row("flagger", samples::flagger(), {592, 0});
    row("timeouts", samples::timeouts(), {592, 0});
    row("timeouts-nested", samples::nestedTimeouts(), {592, 0});
    row("nodes", samples::nodes(), {592, 0});
    row("nodes-narrow", samples::nodes(), {420, 0});
    row("nodes-too-small", samples::nodes(0, 4.2), {592, 0});
    row("knee", samples::loadTest(), {904, 0});
    row("capacity", samples::capacity(), {632, 0});
    row("scaling", samples::scaling(), {632, 0});
    row("series", samples::series(), {592, 0});
}

void Gallery::pictures()
{
    QFETCH(std::shared_ptr<Picture>, picture);
    QFETCH(QSize, size);
    for (const Colours *c : {&lightColours(), &darkColours()})
        for (const Lang lang : {Lang::Ja, Lang::En}) {
            const PictureStyle style{c, lang, 1, {}};
            const int height = int(pictureHeight(*picture, size.width(), style));
            const QImage image = sheet(
                {size.width() + 32, height + 32}, *c,
                [&](QPainter &p, const QRectF &box) {
                    drawPicture(p, box.adjusted(16, 16, -16, -16), *picture, style);
                },
                1.5);
            keep(image, *c,
                 QString::fromLatin1(QTest::currentDataTag()) + (c->dark ? "-dark" : "-light")
                     + (lang == Lang::Ja ? "-ja" : "-en"));
        }
}

void Gallery::runCharts_data()
{
    QTest::addColumn<PictureView::Facet>("facet");
    QTest::newRow("run") << PictureView::Facet::Run;
    QTest::newRow("latency") << PictureView::Facet::Latency;
    QTest::newRow("heatmap") << PictureView::Facet::Heatmap;
    QTest::newRow("histogram") << PictureView::Facet::Histogram;
}

void Gallery::runCharts()
{
    QFETCH(PictureView::Facet, facet);
    for (const Colours *c : {&lightColours(), &darkColours()})
        for (const bool switched : {false, true}) {
            const PictureStyle style{c, c->dark ? Lang::En : Lang::Ja, 1, {}, switched};
            const QImage image = sheet(
                {904, 320}, *c,
                [&](QPainter &p, const QRectF &box) {
                    drawChart(p, box.adjusted(16, 8, -16, -8), pictureChart(samples::loadTest(), facet, style));
                },
                1.5);
            keep(image, *c, QString::fromLatin1(QTest::currentDataTag()) + (c->dark ? "-dark" : "-light") + (switched ? "-switched" : ""));
        }
}

void Gallery::comparison()
{
    for (const Colours *c : {&lightColours(), &darkColours()}) {
        const PictureStyle style{c, c->dark ? Lang::En : Lang::Ja, 1, {}};
        const QImage image = sheet(
            {904, 380}, *c,
            [&](QPainter &p, const QRectF &box) { drawChart(p, box.adjusted(16, 8, -16, -8), comparisonChart(samples::comparison(), style)); }, 1.5);
        keep(image, *c, QStringLiteral("comparison-") + (c->dark ? "dark" : "light"));
    }
}

void Gallery::crosshair()
{
    PlotView view;
    view.resize(904, 400);
    view.setPlot(qobject_cast<Plot *>(kneeChart(samples::loadTest(), {&lightColours(), Lang::Ja, 1, {}})),
                 Lang::Ja);
    view.show();
    view.setCurrentStop(7);
    keep(view.grab().toImage().convertToFormat(QImage::Format_RGB32), lightColours(),
         QStringLiteral("crosshair"));
}

void Gallery::controls()
{
    for (const Colours *c : {&lightColours(), &darkColours()}) {
        useTenkenLook(c->dark);
        QWidget page;
        auto *all = new QVBoxLayout(&page);
        auto *tabs = new QTabBar;
        tabs->setDrawBase(false);
        for (const char *name : {"概要", "項目", "負荷試験", "自己点検", "履歴", "文書"})
            tabs->addTab(QString::fromUtf8(name));
        tabs->setCurrentIndex(1);
        all->addWidget(tabs, 0, Qt::AlignLeft);
        const auto rowOf = [&](std::initializer_list<QWidget *> widgets) {
            auto *row = new QHBoxLayout;
            for (QWidget *w : widgets)
                row->addWidget(w);
            row->addStretch(1);
            all->addLayout(row);
        };
        auto *primary = new QPushButton(iconOf(Sign::Meeting), "会議を始める");
        setPrimary(primary);
        auto *disabled = new QPushButton("保存");
        disabled->setEnabled(false);
        auto *combo = new QComboBox;
        combo->addItems({"日本語", "English"});
        auto *undo = new QToolButton;
        undo->setIcon(iconOf(Sign::Undo));
        auto *redo = new QToolButton;
        redo->setIcon(iconOf(Sign::Redo));
        rowOf({primary, new QPushButton(iconOf(Sign::File), "文書を書き出す"), disabled, combo, undo, redo});
        auto *field = new QLineEdit;
        field->setPlaceholderText("項目・ID・所見を探す");
        field->setFixedWidth(260);
        auto *check = new QCheckBox("変更を監視する");
        check->setChecked(true);
        auto *radio = new QRadioButton("不合格のみ");
        radio->setChecked(true);
        rowOf({field, check, new QCheckBox("外部"), radio, new QRadioButton("すべて"), new KeyCap("A"),
               new KeyCap("Ctrl+S")});
        auto *everything = new Chip, *failing = new Chip, *unknown = new Chip;
        everything->setLabel("すべて", 52);
        everything->setChecked(true);
        failing->setLabel("不合格", 7);
        unknown->setLabel("不明", 5);
        auto *bar = new SegmentBar;
        SectionCount n;
        n.pass = 31, n.warn = 8, n.fail = 7, n.unknown = 5, n.notApplicable = 1;
        bar->setCount(n, Lang::Ja);
        bar->setFixedWidth(240);
        auto *progress = new QProgressBar;
        progress->setValue(62);
        progress->setTextVisible(false);
        progress->setFixedWidth(160);
        rowOf({everything, failing, unknown, bar, progress});
        auto *tree = new QTreeWidget;
        tree->setHeaderLabels({"項目", "機械", "チーム"});
        tree->setUniformRowHeights(true);
        auto *section = new QTreeWidgetItem(tree, {"3 障害試験"});
        for (const char *name : {"安全な起動", "安全な停止", "ローリング更新"})
            new QTreeWidgetItem(section, {QString::fromUtf8(name), "合格", "合格"});
        new QTreeWidgetItem(tree, {"4 監視"});
        tree->expandAll();
        tree->setCurrentItem(section->child(1));
        all->addWidget(tree);
        auto *note = new QPlainTextEdit("「preStop で 20 s 待つため十分です」");
        note->setFixedHeight(56);
        all->addWidget(note);
        page.resize(820, 480);
        page.show();
        keep(page.grab().toImage().convertToFormat(QImage::Format_RGB32), *c,
             QStringLiteral("controls-") + (c->dark ? "dark" : "light"));
    }
    useTenkenLook(false);
}

void Gallery::item()
{
    for (const Colours *c : {&lightColours(), &darkColours()}) {
        useTenkenLook(c->dark);
        QWidget page;
        auto *all = new QVBoxLayout(&page);
        auto *cards = new QHBoxLayout;
        const AnswerCardText texts[] = {{"機械", "2 規則 · 3 所見", Glyph::Fail, "不合格",
                                         "**15 s** 足りません。", "09:12 判定 · 証拠は最新"},
                                        {"チーム", "佐藤 · 11/17", Glyph::Pass, "合格",
                                         "「preStop で 20 s 待つため十分です」", "証拠 1 件 · リンク 1 件"},
                                        {"レビュアー", "鈴木 · SRE", Glyph::Open, "未回答",
                                         "決めてください。", "承認には理由が必要です"}};
        for (const AnswerCardText &text : texts) {
            auto *card = new AnswerCard;
            card->setText(text);
            card->setToFillIn(text.glyph == Glyph::Open);
            cards->addWidget(card);
        }
        all->addLayout(cards);
        auto *panel = new Panel;
        panel->setTitle("遅延が跳ねるのはどこか", "1 Pod · 段ごとの分位点 · 縦は対数");
        auto *copy = new QToolButton;
        copy->setIcon(iconOf(Sign::Copy));
        panel->addToHeader(copy);
        auto *empty = new EmptyState;
        empty->setText("負荷試験がありません。", "service.yaml の loadtests に結果を書くと、膝を求めます。",
                       "service.yaml を開く");
        panel->body()->addWidget(empty);
        panel->setEdge(c->accent);
        all->addWidget(panel, 1);
        page.resize(616, 460);
        page.show();
        keep(page.grab().toImage().convertToFormat(QImage::Format_RGB32), *c,
             QStringLiteral("item-") + (c->dark ? "dark" : "light"));
    }
    useTenkenLook(false);
}

void Gallery::evidence()
{
    QByteArray yaml;
    for (int i = 1; i < 36; ++i)
        yaml += "# " + QByteArray::number(i) + "\n";
    yaml += "spec:\n  template:\n    metadata:\n      labels: { app: id-auth, version: v42 }\n    spec:\n"
            "      terminationGracePeriodSeconds: 30\n      containers:\n        - name: app\n"
            "          image: registry.example/id-auth:1.42.0\n          # 認証は 250m で 120 req/s (2025 "
            "の計測)\n";
    for (int i = 46; i < 56; ++i)
        yaml += "          env" + QByteArray::number(i) + ": \"x\"\n";
    yaml += "          lifecycle:\n            preStop:\n              exec:\n                command: "
            "[\"sleep\", \"20\"]\n"
            "          readinessProbe:\n            httpGet: { path: /ready, port: http }\n            "
            "periodSeconds: 5\n"
            "            failureThreshold: 2\n          enabled: true\n          ratio: 0.25\n          "
            "text: |\n            several lines\n";
    for (const Colours *c : {&lightColours(), &darkColours()}) {
        useTenkenLook(c->dark);
        QWidget page;
        auto *all = new QVBoxLayout(&page);
        all->setContentsMargins(0, 0, 0, 0);
        all->setSpacing(0);
        auto *source = new SourceView;
        source->showSource("deploy/base/deployment.yaml", yaml,
                           QByteArray("4be1") + QByteArray(56, '0') + "c07d",
                           {{{42, 7, 42, 40}, Verdict::Fail, "30 s < 45 s"},
                            {{58, 13, 60, 40}, Verdict::NotApplicable, "+20 s を消費"}});
        auto *picture = new PictureView;
        picture->setPicture(samples::stop());
        all->addWidget(source, 1);
        all->addWidget(picture, 1);
        page.resize(592, 880);
        page.show();
        keep(page.grab().toImage().convertToFormat(QImage::Format_RGB32), *c,
             QStringLiteral("evidence-") + (c->dark ? "dark" : "light"));
        picture->setTableShown(true);
        keep(page.grab().toImage().convertToFormat(QImage::Format_RGB32), *c,
             QStringLiteral("table-") + (c->dark ? "dark" : "light"));
    }
    useTenkenLook(false);
}

QTEST_MAIN(Gallery)
#include "tst_gallery.moc"
