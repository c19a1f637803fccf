// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/coveragewords.h>
#include <pages/ambiguousbar.h>
#include <pages/coveragematrix.h>
#include <pages/coveragewhy.h>
#include <pages/label.h>
#include <pages/missingevidence.h>
#include <pages/monitordetails.h>
#include <pages/monitoringpage.h>
#include <pages/subtractionstrip.h>
#include <parts/charts/plot.h>
#include <parts/chip.h>
#include <parts/panel.h>
#include <review/session.h>

#include <QApplication>
#include <QScrollArea>
#include <QSplitter>
#include <QTabBar>
#include <QVBoxLayout>
#include <QtConcurrentRun>

namespace tenken
{

MonitoringPage::MonitoringPage(Session &session, Lang lang, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_lang(lang),
      m_missing(new MissingEvidence(session, lang)),
      m_missingArea(new QScrollArea),
      m_content(new QWidget),
      m_summary(new tenken::Panel),
      m_strip(new SubtractionStrip(lang)),
      m_details(new MonitorDetails(lang))
{
    setAccessibleName(in({"監視", "Monitoring"}));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 12, 24, 16);
    m_ambiguous = new AmbiguousBar(session, lang);
    column->addWidget(m_ambiguous);
    m_missingArea->setWidget(m_missing);
    m_missingArea->setWidgetResizable(true);
    m_missingArea->setFrameShape(QFrame::NoFrame);
    m_missingArea->hide();
    column->addWidget(m_missingArea, 1);
    column->addWidget(m_content, 1);
    auto *inner = new QVBoxLayout(m_content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(12);
    m_summary->body()->addWidget(m_strip);
    inner->addWidget(m_summary);
    auto *splitter = m_splitter = new QSplitter(Qt::Horizontal);
    splitter->setHandleWidth(9);
    splitter->setChildrenCollapsible(false);
    connect(splitter, &QSplitter::splitterMoved, this, [this] { m_moved = true; });
    auto *detailsPanel = new tenken::Panel;
    detailsPanel->layout()->setContentsMargins(1, 1, 1, 1);
    detailsPanel->body()->addWidget(m_details);
    detailsPanel->setMinimumWidth(380);
    splitter->addWidget(buildMatrix());
    splitter->addWidget(detailsPanel);
    inner->addWidget(splitter, 1);
    m_content->hide();

    connect(m_strip, &SubtractionStrip::chosenChanged, this, [this] {
        const QSignalBlocker quiet(m_candidates);
        m_candidates->setChecked(false);
        applyFilter();
    });
    connect(m_matrix, &CoverageMatrix::chosen, this, &MonitoringPage::showCell);
    connect(m_matrix, &CoverageMatrix::detailsRequested, m_details, &MonitorDetails::focusTabs);
    connect(m_details, &MonitorDetails::linkRequested, this,
            [this](const QString &id, std::optional<bool> belongs) { m_session.setMonitorLink(id, belongs); });
    connect(m_missing, &MissingEvidence::itemRequested, this, &MonitoringPage::itemRequested);
    connect(m_missing, &MissingEvidence::buttonClicked, this, &MonitoringPage::fetchRequested);
    connect(m_ambiguous, &AmbiguousBar::failed, this, &MonitoringPage::failed);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] { take(m_watcher.result()); });
    connect(&session, &Session::loaded, this, &MonitoringPage::invalidate);
}

MonitoringPage::~MonitoringPage()
{
    m_watcher.disconnect(this); // the worker holds values only and may outlive the page
}

QWidget *MonitoringPage::buildMatrix()
{
    auto *left = new QWidget;
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    m_matrixPanel = new tenken::Panel;
    m_matrixPanel->setTitle(
        in({"何が起きたら、どの監視が知らせるか", "What happens, and which monitor tells of it?"}));
    m_candidates = new Chip;
    m_rest = new Chip;
    for (Chip *chip : {m_candidates, m_rest})
        m_matrixPanel->addToHeader(chip);
    m_matrix = new CoverageMatrix(m_model, m_lang);
    m_nothing = new Label(Type::Body, Label::Ink::Text2);
    m_nothing->setWrapped();
    m_matrixPanel->body()->addWidget(m_nothing);
    m_matrixPanel->body()->addWidget(m_matrix, 1);
    m_why = new CoverageWhy(m_lang);
    column->addWidget(m_matrixPanel); // as high as its rows
    column->addWidget(m_why, 1);
    connect(m_candidates, &Chip::toggled, this, [this](bool on) {
        if (on)
            m_strip->clearChoice(); // which takes this one back
        const QSignalBlocker quiet(m_candidates);
        m_candidates->setChecked(on);
        applyFilter();
    });
    connect(m_rest, &Chip::toggled, this, [this](bool on) {
        m_model.setAllShown(on);
        applyFilter();
    });
    connect(m_why, &CoverageWhy::itemRequested, this, &MonitoringPage::itemRequested);
    return left;
}

void MonitoringPage::invalidate()
{
    m_stale = true;
    if (isVisible())
        workOut();
}

void MonitoringPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        workOut();
}

void MonitoringPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int details = std::clamp(width() * 2 / 5, 500, 960);
    if (!m_moved) // by hand
        m_splitter->setSizes({width() - details, details});
}

void MonitoringPage::workOut()
{
    if (m_session.evidence().folder.isEmpty())
        return;
    m_stale = false;
    // A copy: the session may read anew while this runs, and the answer points into it.
    auto evidence = std::make_shared<const Evidence>(m_session.evidence());
    m_watcher.setFuture(QtConcurrent::run([evidence] { return monitoringViewOf(evidence); }));
}

void MonitoringPage::take(std::shared_ptr<const MonitoringView> view)
{
    m_details->show(nullptr, nullptr);
    m_details->setReadOnly(m_session.isReadOnly());
    m_view = std::move(view);
    const Coverage &coverage = m_view->coverage;
    const auto none = whyNoMonitors(*m_view->evidence, coverage);
    m_missingArea->setVisible(none.has_value());
    m_content->setVisible(!none);
    if (none) {
        m_missing->show({.missing = none->missing,
                         .how = none->how,
                         .snippet = {},
                         .button = m_session.isReadOnly() ? Text() : Text{"Datadog から取得…", "Fetch from Datadog…"},
                         .source = Rule::Source::Datadog});
    }
    m_summary->setTitle(in(sentenceOf(coverage)), aboutSnapshot());
    m_ambiguous->show(m_view->evidence->datadog);
    m_strip->show(coverage);
    m_model.show(m_view, m_lang);
    const int candidates = int(coverage.candidates().size());
    m_candidates->setLabel(in({"候補", "Candidates"}), candidates);
    m_candidates->setVisible(candidates > 0);
    applyFilter();
    emit refreshed();
}

QString MonitoringPage::aboutSnapshot() const
{
    const DatadogSnapshot &snapshot = m_view->evidence->datadog;
    Text about = snapshot.monitorsComplete ? Text{"一覧は全部", "the whole list"}
                                           : Text{"一覧は全部と分からない", "not known to be the whole list"};
    if (snapshot.captured.isValid())
        about = Text{"%1 に取得 · %2", "taken %1 · %2"}.arg(
            wholeMoment(double(snapshot.captured.toSecsSinceEpoch()), zoneNamed(snapshot.timeZone), m_lang),
            about);
    const auto unread = snapshot.notReadable.size();
    if (unread == 1)
        about = Text{"%1 · 読めない応答 1 件", "%1 · 1 answer not readable"}.arg(about);
    else if (unread > 1)
        about = Text{"%1 · 読めない応答 %2 件", "%1 · %2 answers not readable"}.arg(about, unread);
    return in(about);
}

void MonitoringPage::applyFilter()
{
    using Filter = CoverageModel::Filter;
    const auto step = m_strip->chosen();
    m_model.setFilter(m_candidates->isChecked() ? Filter::Candidates
                          : step                ? Filter::Step
                                                : Filter::None,
                      step.value_or(Reach::Someone));
    const int left = m_model.leftOut();
    m_rest->setVisible(left > 0 || m_rest->isChecked());
    if (left > 0)
        m_rest->setLabel(in({"ほかも", "Others too"}), left);
    const bool some = m_model.columnCount() > 0;
    m_nothing->setVisible(!some);
    m_nothing->setText(
        in(m_model.filter() == Filter::None
               ? Text{"このサービスの監視は 1 件もありません。", "This service has no monitor at all."}
               : Text{"この条件の監視はありません。", "No monitor is like that."}));
    chooseAgain();
}

void MonitoringPage::chooseAgain()
{
    // The one that was chosen, else the first need that is not covered and the first monitor.
    int row = -1, column = 0;
    for (int i = 0; i < m_model.rowCount(); ++i) {
        if (m_model.need(i)->need.id == m_needId)
            row = i;
    }
    for (int i = 0; row < 0 && i < m_model.rowCount(); ++i) {
        if (verdictOf(m_model.need(i)->answer) != Verdict::Pass)
            row = i;
    }
    for (int i = 0; i < m_model.columnCount(); ++i) {
        if (m_model.monitor(i)->monitor->id == m_monitorId)
            column = i;
    }
    row = std::max(row, 0);
    if (m_model.columnCount() > 0 && m_model.rowCount() > 0)
        m_matrix->choose(row, column);
    showCell(row, m_model.columnCount() > 0 ? column : -1);
}

void MonitoringPage::showCell(int row, int column)
{
    const NeedCoverage *need = m_model.need(row);
    const MonitorReading *reading = m_model.monitor(column);
    if (reading)
        m_monitorId = reading->monitor->id;
    m_details->show(m_view, reading);
    m_why->setVisible(need != nullptr);
    if (!need)
        return;
    m_needId = need->need.id;
    m_why->show(*need, m_session.checklist().item(need->need.item) != nullptr);
}

void MonitoringPage::toggleTable()
{
    m_details->toggleTable();
}

bool MonitoringPage::clearFilter()
{
    const bool any = m_candidates->isChecked() || m_strip->chosen().has_value();
    m_candidates->setChecked(false);
    m_strip->clearChoice();
    return any;
}

void MonitoringPage::cycleFocus(int by)
{
    const std::array<QWidget *, 3> panes{m_strip, m_matrix, m_details};
    QWidget *focus = QApplication::focusWidget();
    int now = 1;
    for (int i = 0; i < 3; ++i) {
        if (panes[size_t(i)] == focus || panes[size_t(i)]->isAncestorOf(focus))
            now = i;
    }
    switch ((now + by + 3) % 3) {
    case 0:
        m_strip->focusFirst();
        break;
    case 1:
        m_matrix->setFocus(Qt::ShortcutFocusReason);
        break;
    default:
        m_details->focusTabs();
    }
}

} // namespace tenken
