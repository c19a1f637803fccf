// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/coveragewords.h>
#include <pages/label.h>
#include <pages/localtext.h>
#include <pages/monitordetails.h>
#include <parts/badge.h>
#include <parts/elidedlabel.h>
#include <parts/emptystate.h>
#include <parts/icons.h>
#include <parts/pictureview.h>
#include <parts/sourceview.h>
#include <rules/seriespicture.h>

#include <QSplitter>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace tenken
{

namespace
{

/// The facts' words stand in the colour of their verdict, and the verdict before them as a word.
QString inkOf(Verdict verdict, const Colours &c)
{
    return toneOf(glyphOf(verdict), c).text.name();
}

} // namespace

MonitorDetails::MonitorDetails(Lang lang, QWidget *parent)
    : QWidget(parent),
      m_lang(lang),
      m_empty(new EmptyState),
      m_content(new QWidget),
      m_name(new Label(Type::Title)),
      m_about(new ElidedLabel),
      m_facts(new LocalTextBrowser),
      m_tabs(new QTabBar),
      m_stack(new QStackedWidget),
      m_text(new LocalTextBrowser),
      m_picture(new PictureView),
      m_source(new SourceView)
{
    m_name->setTextFormat(Qt::PlainText);
    m_name->setWrapped();
    m_about->setFont(fontFor(Type::Caption));
    for (LocalTextBrowser *text : {m_facts, m_text}) {
        text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere); // a query has no spaces
        text->document()->setDocumentMargin(0);
    }
    m_text->document()->setDocumentMargin(16);
    m_facts->setAccessibleName(in({"この監視について", "About this monitor"}));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(in({"文面、グラフ、元の行", "Messages, chart, source"}));
    for (const Text &name :
         {Text{"警報の文", "Alert"}, Text{"注意の文", "Warning"}, Text{"データなし", "No data"},
          Text{"復旧", "Recovery"}, Text{"グラフ", "Chart"}, Text{"元の行", "Source"}})
        m_tabs->addTab(in(name));
    m_text->setAccessibleName(in({"監視の文面", "The monitor's message"}));
    m_picture->setLanguage(lang);
    m_source->setLanguage(lang);
    for (QWidget *side : std::initializer_list<QWidget *>{m_text, m_picture, m_source})
        m_stack->addWidget(side);
    connect(m_tabs, &QTabBar::currentChanged, this, &MonitorDetails::showTab);

    auto *top = new QWidget;
    auto *words = new QVBoxLayout(top);
    words->setContentsMargins(16, 12, 12, 0);
    words->setSpacing(6);
    words->addWidget(m_name);
    words->addWidget(m_about);
    words->addWidget(buildLink());
    words->addWidget(m_facts, 1);
    top->setBackgroundRole(QPalette::Base);
    top->setAutoFillBackground(true);
    auto *bottom = new QWidget;
    auto *lower = new QVBoxLayout(bottom);
    lower->setContentsMargins(0, 0, 0, 0);
    lower->setSpacing(0);
    lower->addWidget(m_tabs);
    lower->addWidget(m_stack, 1);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setHandleWidth(9);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(top);
    splitter->addWidget(bottom);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    auto *inner = new QVBoxLayout(m_content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(splitter);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_empty, 1);
    all->addWidget(m_content, 1);
    m_empty->setText(in({"監視が選ばれていません。", "No monitor is chosen."}),
                     in({"表の列を選ぶと、ここに問い合わせ、行き先、文面が出ます。",
                         "Choose a column of the table: its query, receivers and messages stand here."}));
    show(nullptr, nullptr);
}

void MonitorDetails::show(std::shared_ptr<const MonitoringView> view, const MonitorReading *reading)
{
    m_view = std::move(view);
    m_reading = m_view ? reading : nullptr;
    m_empty->setVisible(!m_reading);
    m_content->setVisible(m_reading != nullptr);
    if (!m_reading)
        return;
    const Monitor &m = *m_reading->monitor;
    m_name->setText(maskSecrets(visible(m.name)));
    QStringList about{label(m_reading->reach).in(m_lang), m.type, m.overallState, m.id, m.file};
    about.removeAll(QString());
    m_about->setText(maskSecrets(visible(about.join(QStringLiteral(" · ")))));
    showLink();
    m_facts->setHtml(factsHtml());
    showTab(m_tabs->currentIndex());
}

QWidget *MonitorDetails::buildLink()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    const auto add = [&](const Text &text, bool belongs) {
        auto *button = new QPushButton;
        button->setText(in(text));
        button->setIcon(iconOf(belongs ? glyphOf(Verdict::Pass) : glyphOf(Verdict::NotApplicable)));
        button->setCheckable(true);
        line->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, belongs](bool on) {
            if (m_reading)
                emit linkRequested(m_reading->monitor->id, on ? std::optional(belongs) : std::nullopt);
        });
        return button;
    };
    m_ours = add({"このサービスの監視", "This service's"}, true);
    m_anothers = add({"ほかの監視", "Another's"}, false);
    line->addStretch(1);
    return row;
}

void MonitorDetails::showLink()
{
    const MonitorLink *said = m_reading->said;
    m_ours->setChecked(said && said->belongs);
    m_anothers->setChecked(said && !said->belongs);
    for (QAbstractButton *button : {m_ours, m_anothers}) {
        button->setEnabled(!m_readOnly && !m_reading->monitor->id.isEmpty());
        button->setToolTip(in(button->isChecked() ? Text{"もう一度押すと取り消します", "Press again to take it back"}
                                                  : Text{"review.yaml に残り、元に戻せます", "Kept in review.yaml; can be undone"}));
    }
}

QString MonitorDetails::factsHtml() const
{
    const Colours &c = coloursFor(palette());
    QString html;
    for (const MonitorFact &fact : factsOf(*m_reading)) {
        const QString words = maskSecrets(visible(in(fact.words)));
        const QString shown =
            fact.isCode ? QStringLiteral("<code>%1</code>").arg(words.toHtmlEscaped()) : markup(words);
        const QString verdict = fact.verdict == Verdict::NotApplicable || fact.verdict == Verdict::Pass
            ? QString()
            : QStringLiteral("<b>%1</b> ").arg(in(label(fact.verdict)));
        html += QStringLiteral("<p style=\"margin:0 0 6px 0\"><span style=\"color:%1\">%2</span><br><span "
                               "style=\"color:%3\">%4%5</span></p>")
                    .arg(c.text2.name(), in(fact.name).toHtmlEscaped(),
                         fact.verdict == Verdict::NotApplicable ? c.text.name() : inkOf(fact.verdict, c),
                         verdict, shown);
    }
    return html;
}

void MonitorDetails::showTab(int tab)
{
    if (!m_reading)
        return;
    if (tab == ChartTab)
        return showChart();
    if (tab == SourceTab)
        return showSource();
    static constexpr MonitorState states[] = {MonitorState::Alert, MonitorState::Warning,
                                              MonitorState::NoData, MonitorState::Recovery};
    showMessage(states[std::clamp(tab, 0, 3)]);
}

void MonitorDetails::showMessage(MonitorState state)
{
    const QString text = messageText(*m_reading->monitor, state);
    m_text->document()->setMarkdown(
        text.isEmpty() ? in({"この場面では何も通知されません。", "Nothing is told in this state."})
                       : maskSecrets(visible(text).replace(QChar(0x240a), u'\n')),
        QTextDocument::MarkdownNoHTML);
    m_stack->setCurrentWidget(m_text);
}

void MonitorDetails::showChart()
{
    const Monitor &m = *m_reading->monitor;
    SeriesPicture picture{
        sameText(maskSecrets(visible(m.name))), seriesWatchedBy(m, m_view->evidence->datadog.series), {}};
    if (picture.series.empty())
        picture.instead = {"スナップショットにこの指標の系列はありません。",
                           "The snapshot has no series of this metric."};
    m_picture->setPicture(Picture(inContext(std::move(picture), *m_view->evidence)));
    m_stack->setCurrentWidget(m_picture);
}

void MonitorDetails::showSource()
{
    const Monitor &m = *m_reading->monitor;
    const QByteArray text = m_view->evidence->sourceText(m.file);
    const auto file = std::ranges::find(m_view->evidence->files, m.file, &SourceFile::path);
    std::vector<SourceHighlight> marks{
        {m.placeOf(QStringLiteral("query")), Verdict::NotApplicable, in({"問い合わせ", "query"})},
        {m.placeOf(QStringLiteral("message")), Verdict::NotApplicable, in({"文面", "message"})}};
    for (const Suppressor &s : m_reading->suppressors) {
        if (s.file == m.file && s.span.isValid())
            marks.push_back({s.span, s.whole ? Verdict::Fail : Verdict::Warn, in(s.what)});
    }
    m_source->showSource(m.file, maskSecrets(QString::fromUtf8(text)).toUtf8(),
                         file == m_view->evidence->files.end() ? QByteArray() : file->sha256, marks);
    m_stack->setCurrentWidget(m_source);
}

void MonitorDetails::toggleTable()
{
    m_tabs->setCurrentIndex(ChartTab);
    m_picture->setTableShown(!m_picture->isTableShown());
}

void MonitorDetails::focusTabs()
{
    m_tabs->setFocus(Qt::ShortcutFocusReason);
}

QString MonitorDetails::shownText() const
{
    return m_stack->currentWidget() == m_text ? m_text->toPlainText() : QString();
}

} // namespace tenken
