// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/checklistmodel.h>

#include <review/standing.h>

#include <algorithm>

namespace tenken {

struct ChecklistModel::ItemRow {
    QString id;
    Text title, question, why, staleWhy;
    Level level = Level::Must;
    std::optional<Verdict> verdict;
    Standing standing = Standing::Unknown;
    TeamAnswer team = TeamAnswer::Open;
    ReviewAnswer reviewer = ReviewAnswer::Open;
    bool disagreement = false;
    bool blocks = false;
    bool teamStale = false, reviewerStale = false;
    QString search;
    friend bool operator==(const ItemRow &, const ItemRow &) = default;
};

struct ChecklistModel::SectionRow {
    SectionCount count;
    std::vector<ItemRow> items;
};

namespace {

/// Sections have the id 0; items carry their section's row + 1.
constexpr quintptr sectionId = 0;

QString searchText(const Section &section, const ItemStanding &is)
{
    QStringList words{is.item->id, section.title.ja, section.title.en};
    const auto add = [&](const Text &text) { words << text.ja << text.en; };
    add(is.item->title);
    add(is.item->question);
    if (is.result) {
        for (const Finding &finding : is.result->findings) {
            words << finding.rule << finding.object << finding.container << finding.file;
            add(finding.title);
            add(finding.reason);
            add(finding.remedy);
        }
    }
    if (is.review) {
        words << is.review->team.note << is.review->reviewer.note;
        for (const Action &action : is.review->actions)
            words << action.text << action.owner;
    }
    words.removeAll(QString());
    return words.join(u'\n').normalized(QString::NormalizationForm_KC).toCaseFolded();
}

bool sameCount(const SectionCount &a, const SectionCount &b)
{
    return a.title == b.title && a.pass == b.pass && a.warn == b.warn && a.fail == b.fail
        && a.unknown == b.unknown && a.notApplicable == b.notApplicable;
}

QString listed(const QStringList &words, Lang lang)
{
    return words.join(lang == Lang::Ja ? QStringLiteral("、") : QStringLiteral(", "));
}

} // namespace

ChecklistModel::ChecklistModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}

ChecklistModel::~ChecklistModel() = default;

void ChecklistModel::show(const Checklist &checklist, const Outcome &outcome)
{
    std::vector<SectionRow> rows;
    auto is = outcome.items.begin();
    auto count = outcome.sections.begin();
    for (const Section &section : checklist.sections) {
        SectionRow row;
        if (count != outcome.sections.end())
            row.count = *count++;
        row.count.id = section.id;
        row.count.title = section.title;
        for (size_t i = 0; i < section.items.size() && is != outcome.items.end(); ++i, ++is) {
            ItemRow item;
            item.id = is->item->id;
            item.title = is->item->title;
            item.question = is->item->question;
            item.why = is->why;
            item.level = is->item->level;
            if (is->result && is->result->machine)
                item.verdict = is->result->verdict;
            item.standing = is->standing;
            item.team = is->review ? is->review->team.answer : TeamAnswer::Open;
            item.reviewer = is->review ? is->review->reviewer.answer : ReviewAnswer::Open;
            item.disagreement = is->disagreement;
            item.blocks = is->blocks;
            item.teamStale = is->teamStale;
            item.reviewerStale = is->reviewerStale;
            item.staleWhy = is->staleWhy;
            item.search = searchText(section, *is);
            row.items.push_back(std::move(item));
        }
        rows.push_back(std::move(row));
    }

    const bool sameShape = std::ranges::equal(m_sections, rows, [](const SectionRow &a, const SectionRow &b) {
        return a.count.id == b.count.id
            && std::ranges::equal(a.items, b.items, {}, &ItemRow::id, &ItemRow::id);
    });
    if (!sameShape || m_sections.empty()) {
        beginResetModel();
        m_sections = std::move(rows);
        endResetModel();
        return;
    }
    for (int s = 0; s < int(rows.size()); ++s) {
        SectionRow &old = m_sections[size_t(s)];
        SectionRow &fresh = rows[size_t(s)];
        if (!sameCount(old.count, fresh.count)) {
            old.count = fresh.count;
            emit dataChanged(index(s, 0), index(s, ColumnCount - 1));
        }
        for (int i = 0; i < int(fresh.items.size()); ++i) {
            if (old.items[size_t(i)] == fresh.items[size_t(i)])
                continue;
            old.items[size_t(i)] = std::move(fresh.items[size_t(i)]);
            emit dataChanged(index(i, 0, index(s, 0)), index(i, ColumnCount - 1, index(s, 0)));
        }
    }
}

void ChecklistModel::clear()
{
    beginResetModel();
    m_sections.clear();
    endResetModel();
}

void ChecklistModel::setLanguage(Lang lang)
{
    if (lang == m_lang)
        return;
    m_lang = lang;
    if (m_sections.empty())
        return;
    const QList<int> roles{Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole};
    emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), roles);
    for (int s = 0; s < rowCount(); ++s) {
        const QModelIndex section = index(s, 0);
        if (const int rows = rowCount(section))
            emit dataChanged(index(0, 0, section), index(rows - 1, ColumnCount - 1, section), roles);
    }
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

QModelIndex ChecklistModel::indexOf(const QString &itemId) const
{
    for (int s = 0; s < int(m_sections.size()); ++s) {
        const auto &items = m_sections[size_t(s)].items;
        const auto found = std::ranges::find(items, itemId, &ItemRow::id);
        if (found != items.end())
            return createIndex(int(found - items.begin()), 0, quintptr(s + 1));
    }
    return {};
}

QString ChecklistModel::itemId(const QModelIndex &index) const
{
    return index.isValid() && index.internalId() != sectionId ? index.data(IdRole).toString() : QString();
}

QModelIndex ChecklistModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row() + 1) : sectionId);
}

QModelIndex ChecklistModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == sectionId)
        return {};
    return createIndex(int(child.internalId()) - 1, 0, sectionId);
}

int ChecklistModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_sections.size());
    if (parent.column() != 0 || parent.internalId() != sectionId)
        return 0;
    return int(m_sections[size_t(parent.row())].items.size());
}

int ChecklistModel::columnCount(const QModelIndex &) const { return ColumnCount; }

QVariant ChecklistModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.internalId() == sectionId)
        return sectionData(m_sections[size_t(index.row())], index.column(), role);
    return itemData(m_sections[size_t(index.internalId() - 1)].items[size_t(index.row())], index.column(),
                    role);
}

QVariant ChecklistModel::sectionData(const SectionRow &row, int column, int role) const
{
    const QString progress = QStringLiteral("%1 / %2").arg(row.count.pass).arg(row.count.applicable());
    switch (role) {
    case Qt::DisplayRole:
        return column == ItemColumn ? QVariant(row.count.title.in(m_lang))
            : column == MachineColumn ? QVariant(progress) : QVariant();
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
        const SectionCount &n = row.count;
        return Text{"%1、合格 %2、注意 %3、不合格 %4、不明 %5、対象外 %6",
                    "%1, pass %2, warn %3, fail %4, unknown %5, n/a %6"}
            .arg(n.title, n.pass, n.warn, n.fail, n.unknown, n.notApplicable).in(m_lang);
    }
    case IdRole: return row.count.id;
    case IsSectionRole: return true;
    case CountsRole: return QVariant::fromValue(row.count);
    default: return {};
    }
}

QVariant ChecklistModel::itemData(const ItemRow &row, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole: return words(row, column);
    case Qt::ToolTipRole:
        if (!row.staleWhy.isEmpty())
            return Text{"要再確認: %1。%2", "Look again: %1. %2"}.arg(row.staleWhy, row.why).in(m_lang);
        return row.disagreement ? Text{"意見の相違。%1", "Disagreement. %1"}.arg(row.why).in(m_lang)
                                : row.why.in(m_lang);
    case Qt::AccessibleTextRole: return column == ItemColumn ? accessibleText(row) : words(row, column);
    case IdRole: return row.id;
    case IsSectionRole: return false;
    case VerdictRole: return row.verdict ? QVariant(int(*row.verdict)) : QVariant();
    case StandingRole: return int(row.standing);
    case TeamAnswerRole: return int(row.team);
    case ReviewAnswerRole: return int(row.reviewer);
    case LevelRole: return int(row.level);
    case DisagreementRole: return row.disagreement;
    case BlocksRole: return row.blocks;
    case TeamStaleRole: return row.teamStale;
    case ReviewStaleRole: return row.reviewerStale;
    case SearchRole: return row.search;
    default: return {};
    }
}

QString ChecklistModel::words(const ItemRow &row, int column) const
{
    switch (column) {
    case ItemColumn: return row.title.in(m_lang);
    case MachineColumn: return row.verdict ? label(*row.verdict).in(m_lang) : QString();
    case TeamColumn: return label(row.team).in(m_lang);
    case ReviewColumn: return label(row.reviewer).in(m_lang);
    default: return {};
    }
}

QString ChecklistModel::accessibleText(const ItemRow &row) const
{
    const auto in = [this](const Text &text) { return text.in(m_lang); };
    QStringList parts{in(row.title)};
    parts << in(row.level == Level::Must ? Text{"必須", "must"} : Text{"推奨", "should"});
    parts << in(row.verdict ? Text{"機械 %1", "machine %1"}.arg(label(*row.verdict))
                            : Text{"人が答える項目", "answered by people"});
    parts << in(Text{"チーム %1", "team %1"}.arg(label(row.team)));
    parts << in(Text{"レビュアー %1", "reviewer %1"}.arg(label(row.reviewer)));
    if (row.standing == Standing::Waived || row.standing == Standing::Attested)
        parts << in(label(row.standing));
    if (!row.staleWhy.isEmpty())
        parts << in(Text{"要再確認: %1", "look again: %1"}.arg(row.staleWhy));
    if (row.disagreement)
        parts << in(Text{"意見の相違", "disagreement"});
    return listed(parts, m_lang);
}

QVariant ChecklistModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ItemColumn: return Text{"項目", "Item"}.in(m_lang);
    case MachineColumn: return Text{"機械", "Machine"}.in(m_lang);
    case TeamColumn: return Text{"チーム", "Team"}.in(m_lang);
    case ReviewColumn: return Text{"レビュアー", "Reviewer"}.in(m_lang);
    default: return {};
    }
}

QHash<int, QByteArray> ChecklistModel::roleNames() const
{
    auto names = QAbstractItemModel::roleNames();
    names.insert({{IdRole, "id"}, {IsSectionRole, "isSection"}, {VerdictRole, "verdict"},
                  {StandingRole, "standing"}, {TeamAnswerRole, "teamAnswer"},
                  {ReviewAnswerRole, "reviewAnswer"}, {LevelRole, "level"},
                  {DisagreementRole, "disagreement"}, {BlocksRole, "blocks"}, {CountsRole, "counts"},
                  {TeamStaleRole, "teamStale"}, {ReviewStaleRole, "reviewStale"},
                  {SearchRole, "search"}});
    return names;
}

} // namespace tenken
