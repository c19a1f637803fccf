// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/historypage.h>

#include <pages/historydelegate.h>
#include <pages/label.h>
#include <pages/overviewparts.h>
#include <pages/trendstrip.h>
#include <parts/badgewidget.h>
#include <parts/emptystate.h>
#include <parts/panel.h>
#include <review/session.h>

#include <QComboBox>
#include <QHBoxLayout>
#include <QListView>
#include <QScrollArea>
#include <QSplitter>

namespace tenken {

using namespace Qt::StringLiterals;

namespace {

constexpr int now = -1; ///< of a choice: the review as it is

/// "fail → pass  Graceful stop", and why below it; pressed, it leads to the item.
class ChangeRow : public QWidget
{
public:
    ChangeRow(const ItemChange &change, Lang lang, std::function<void()> open)
    {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(0, 6, 0, 6);
        row->setSpacing(8);
        addState(row, change.from, change.stood, lang);
        row->addWidget(new Label(u"→"_s, Type::Body, Label::Ink::Text2));
        addState(row, change.to, change.stands, lang);
        auto *words = new QVBoxLayout;
        words->setSpacing(0);
        auto *title =
            new Label(u"<a href=\"#\">%1</a>"_s.arg(change.title.in(lang).toHtmlEscaped()), Type::Body);
        title->setTextFormat(Qt::RichText);
        title->setTextInteractionFlags(Qt::LinksAccessibleByKeyboard | Qt::LinksAccessibleByMouse);
        title->setAccessibleName(change.title.in(lang));
        connect(title, &QLabel::linkActivated, this, [open = std::move(open)] { open(); });
        words->addWidget(title);
        auto *why = new Label(maskSecrets(change.why.in(lang)), Type::Caption, Label::Ink::Text2);
        why->setWrapped();
        words->addWidget(why);
        row->addLayout(words, 1);
    }

private:
    static void addState(QHBoxLayout *row, const Text &words, const std::optional<Standing> &standing,
                         Lang lang)
    {
        if (words.isEmpty()) {
            row->addWidget(new Label(Text{"なし", "none"}.in(lang), Type::Caption, Label::Ink::Text3));
            return;
        }
        if (!standing) {
            row->addWidget(new Label(words.in(lang), Type::CaptionBold));
            return;
        }
        auto *badge = new BadgeWidget;
        badge->setBadge(glyphOf(*standing), words.in(lang));
        row->addWidget(badge);
    }
};

} // namespace

HistoryPage::HistoryPage(Session &session, HistoryFeed &feed, Lang lang, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_lang(lang),
      m_feed(feed),
      m_empty(new EmptyState),
      m_content(new QWidget)
{
    setAccessibleName(in({"履歴", "History"}));
    m_model.setLanguage(lang);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 16);
    column->addWidget(m_empty, 1);
    column->addWidget(m_content, 1);
    auto *inner = new QHBoxLayout(m_content);
    inner->setContentsMargins(0, 0, 0, 0);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setHandleWidth(9);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(buildTimeline());
    splitter->addWidget(buildComparison());
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({392, 900});
    inner->addWidget(splitter);
    m_content->hide();
    m_empty->setText(
        in({"まだ履歴がありません。", "There is no history yet."}),
        in({"文書に署名して readiness/signed に置くか、review.yaml を git に入れると、ここに並びます。",
            "Sign a document into readiness/signed, or commit review.yaml: both are listed here."}));
    connect(&feed, &HistoryFeed::changed, this, &HistoryPage::take);
    connect(&feed, &HistoryFeed::judged, this, &HistoryPage::compare);
    connect(&feed, &HistoryFeed::outdated, this, [this] {
        if (isVisible())
            m_feed.wish();
    });
    connect(&session, &Session::outcomeChanged, this, [this] {
        if (isVisible())
            compare();
    });
    if (feed.isKnown())
        take();
}

QWidget *HistoryPage::buildTimeline()
{
    auto *panel = new tenken::Panel;
    panel->setTitle(in({"経緯", "What happened"}));
    m_trend = new TrendStrip(m_lang);
    panel->body()->addWidget(m_trend);
    m_list = new QListView;
    m_list->setAccessibleName(in({"文書と改訂", "Documents and revisions"}));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new HistoryDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &HistoryPage::choose);
    panel->body()->addWidget(m_list, 1);
    return panel;
}

QWidget *HistoryPage::buildComparison()
{
    auto *panel = new tenken::Panel;
    panel->setTitle(in({"何が変わったか", "What changed"}));
    auto *choices = new QWidget;
    auto *row = new QHBoxLayout(choices);
    row->setContentsMargins(0, 0, 0, 0);
    m_before = new QComboBox;
    m_before->setAccessibleName(in({"比べる元", "Compare from"}));
    m_after = new QComboBox;
    m_after->setAccessibleName(in({"比べる先", "Compare to"}));
    row->addWidget(m_before);
    row->addWidget(new Label(u"→"_s, Type::Body, Label::Ink::Text2));
    row->addWidget(m_after);
    panel->addToHeader(choices);
    for (QComboBox *box : {m_before, m_after})
        connect(box, &QComboBox::activated, this, &HistoryPage::compare);
    m_summary = new Label(Type::Title);
    m_summary->setWrapped();
    panel->body()->addWidget(m_summary);
    m_changes = new QScrollArea;
    m_changes->setWidgetResizable(true);
    m_changes->setFrameShape(QFrame::NoFrame);
    m_changes->viewport()->setAutoFillBackground(false);
    m_changes->setAccessibleName(in({"原因ごとの変化", "Changes by cause"}));
    panel->body()->addWidget(m_changes, 1);
    return panel;
}

void HistoryPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_feed.wish();
}

void HistoryPage::take()
{
    m_model.show(m_feed.history());
    const bool any = m_model.rowCount() > 0;
    m_empty->setVisible(!any);
    m_content->setVisible(any);
    std::vector<PastReview> reviews;
    for (const HistoryEntry &entry : m_model.history().entries) {
        if (entry.review)
            reviews.insert(reviews.begin(), *entry.review);
    }
    if (!reviews.empty())
        reviews.push_back(m_feed.present());
    m_trend->setVisible(!reviews.empty());
    m_trend->setReviews(std::move(reviews));
    fillChoices();
    compare();
    emit refreshed();
}

void HistoryPage::fillChoices()
{
    m_before->clear();
    m_after->clear();
    m_after->addItem(in({"今", "now"}), now);
    const auto &entries = m_model.history().entries;
    for (size_t i = 0; i < entries.size(); ++i) {
        const QString what = entries[i].review ? entries[i].file.section(u'/', -1)
                                               : in(Text{"コミット %1", "commit %1"}.arg(entries[i].commit.first(7)));
        const QString name = u"%1  %2"_s.arg(entries[i].at.toString(u"yyyy-MM-dd HH:mm"_s), what);
        m_before->addItem(name, int(i));
        m_after->addItem(name, int(i));
    }
    // What people signed is compared with first.
    const HistoryEntry *document = latestDocument(m_model.history());
    if (!entries.empty())
        m_before->setCurrentIndex(document ? int(document - entries.data()) : 0);
}

void HistoryPage::choose(const QModelIndex &index)
{
    if (const int at = m_before->findData(index.row()); index.isValid() && at >= 0) {
        m_before->setCurrentIndex(at);
        compare();
    }
}

std::optional<Result<PastReview>> HistoryPage::chosen(const QComboBox *box)
{
    if (box->currentIndex() < 0)
        return {};
    const int which = box->currentData().toInt();
    if (which == now)
        return m_feed.present();
    const auto &entries = m_model.history().entries;
    if (size_t(which) >= entries.size())
        return {};
    const HistoryEntry &entry = entries[size_t(which)];
    return entry.review ? std::optional<Result<PastReview>>(*entry.review) : m_feed.judgedAt(entry.commit);
}

QWidget *HistoryPage::causePanel(const Changes &changes, ChangeCause cause)
{
    const auto list = changes.because(cause);
    if (list.empty())
        return nullptr;
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 8, 0, 8);
    column->setSpacing(0);
    column->addWidget(
        new Label(u"%1  %2"_s.arg(in(label(cause)), in(itemsInWords(list.size()))),
                  Type::BodyBold));
    column->addWidget(new HorizontalLine);
    for (const ItemChange *change : list)
        column->addWidget(
            new ChangeRow(*change, m_lang, [this, id = change->id] { emit itemRequested(id); }));
    return box;
}

void HistoryPage::showChanges(const Changes &changes, QVBoxLayout *column)
{
    const auto word = [&](const std::optional<Decision> &d) { return d ? in(label(*d)) : QString(u'–'); };
    const QString count = in(itemsInWords(changes.items.size()));
    m_summary->setText(
        in(changes.from == changes.to
               ? Text{"%1 のまま。%2が変わりました。", "Still %1: %2 changed."}.arg(word(changes.to), count)
               : Text{"%1 から %2 へ。%3が変わりました。", "From %1 to %2: %3 changed."}.arg(word(changes.from), word(changes.to), count)));
    for (const ChangeCause cause : {ChangeCause::Service, ChangeCause::Evidence, ChangeCause::Checklist, ChangeCause::Program, ChangeCause::Opinion}) {
        if (QWidget *panel = causePanel(changes, cause))
            column->addWidget(panel);
    }
}

void HistoryPage::addProblem(const Problem &problem, QVBoxLayout *column)
{
    auto *words = new Label(maskSecrets(problem.toString(m_lang)), Type::Caption, Label::Ink::Fail);
    words->setWrapped();
    column->addWidget(words);
}

void HistoryPage::compare()
{
    if (m_session.outcome().items.empty())
        return;
    const auto before = chosen(m_before);
    const auto after = before ? chosen(m_after) : std::nullopt;
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 8, 0);
    if (before && after && *before && *after)
        showChanges(changesBetween(**before, **after), column);
    else if (m_feed.isJudging())
        m_summary->setText(in({"コミットを、その時のファイルで判定しています…", "Judging the commit by its own files…"}));
    else
        m_summary->setText(in({"比べられません。", "They cannot be compared."}));
    for (const auto &side : {before, after}) {
        if (side && !*side)
            addProblem(side->error(), column);
    }
    for (const Problem &problem : m_model.history().problems)
        addProblem(problem, column);
    column->addStretch(1);
    m_changes->setWidget(content); // deletes the old one
    content->setAutoFillBackground(false);
}

void HistoryPage::cycleFocus(int)
{
    if (m_list->hasFocus())
        m_before->setFocus(Qt::TabFocusReason);
    else
        m_list->setFocus(Qt::TabFocusReason);
}

} // namespace tenken
