// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/findingslist.h>

#include <parts/badge.h>
#include <parts/comparison.h>
#include <parts/style.h>
#include <parts/type.h>

#include <QPainter>

#include <tuple>

namespace tenken {

FindingsDelegate::FindingsDelegate(const FindingsModel &model, Lang lang, QObject *parent)
    : QStyledItemDelegate(parent), m_model(model), m_lang(lang)
{
}

QSize FindingsDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    const int lines = QFontMetrics(fontFor(Type::BodyBold)).height() + QFontMetrics(fontFor(Type::Caption)).height();
    return {200, std::max(48, lines + 14)};
}

namespace {

QString placeOf(const Finding &finding)
{
    QString place = finding.file.section(u'/', -1);
    if (finding.span.isValid()) {
        place += QStringLiteral(":%1").arg(finding.span.line);
        if (finding.span.endLine > finding.span.line)
            place += QStringLiteral("–%1").arg(finding.span.endLine);
    }
    QStringList parts{place, finding.container.isEmpty() ? finding.object : finding.container};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

void drawElided(QPainter &p, const QRect &box, Qt::Alignment alignment, const QString &text, Qt::TextElideMode mode = Qt::ElideRight)
{
    p.drawText(box, alignment | Qt::AlignVCenter, p.fontMetrics().elidedText(text, mode, box.width()));
}

} // namespace

void FindingsDelegate::paint(QPainter *p, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Finding *finding = m_model.finding(index);
    if (!finding)
        return;
    const Colours &c = coloursFor(option.palette);
    p->save();
    if (option.state & QStyle::State_Selected)
        drawSelection(*p, option.rect, c);
    if (index.row() > 0)
        p->fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 1), c.line);
    const QRect row = option.rect.adjusted(12, 0, -12, 0);

    p->setFont(fontFor(Type::CaptionBold));
    const QRect badge(row.left(), row.top(), 80, row.height());
    const bool failed = finding->verdict == Verdict::Fail && !finding->waived;
    if (finding->waived)
        drawBadge(*p, QRectF(badge), Glyph::Waive, Text{"免除", "Waived"}.in(m_lang), c);
    else
        drawBadge(*p, QRectF(badge), glyphOf(finding->verdict), label(finding->verdict).in(m_lang), c);

    // The bar gives way first, then the numbers.
    const bool bar = finding->comparison.has_value() && row.width() > 460;
    const int barWidth = bar ? 104 : 0;
    const QRect barBox(row.right() - barWidth, row.top(), barWidth, row.height());
    const int right = bar ? barBox.left() - 8 : row.right();
    const QFontMetrics bold(fontFor(Type::BodyBold)), small(fontFor(Type::Caption));
    // The numbers take what they need, up to two fifths: what was looked at must stay readable.
    const QString measuredText = finding->measured.in(m_lang);
    const QString wantedText = finding->wanted.isEmpty() ? QString() : Text{"基準 %1", "wanted %1"}.arg(finding->wanted).in(m_lang);
    const int numbers = std::min(row.width() * 2 / 5, 4 + std::max(bold.horizontalAdvance(measuredText), small.horizontalAdvance(wantedText)));
    const int top = row.top() + (row.height() - bold.height() - small.height() - 2) / 2;
    const int left = badge.right() + 8;
    const QRect title(left, top, right - numbers - left - 8, bold.height());
    const QRect below(left, top + bold.height() + 2, title.width(), small.height());

    p->setFont(fontFor(failed ? Type::BodyBold : Type::Body));
    p->setPen(c.text);
    drawElided(*p, title, Qt::AlignLeft, finding->title.in(m_lang));
    QFont code = fontFor(Type::Code);
    code.setPointSizeF(fontFor(Type::Caption).pointSizeF());
    p->setFont(code);
    p->setPen(c.text3);
    drawElided(*p, below, Qt::AlignLeft, placeOf(*finding), Qt::ElideMiddle);

    const QRect measured(right - numbers, top, numbers, bold.height());
    const QRect wanted(right - numbers, below.top(), numbers, small.height());
    p->setFont(fontFor(failed ? Type::BodyBold : Type::Body));
    p->setPen(failed ? c.fail.text : c.text);
    drawElided(*p, measured, Qt::AlignRight, measuredText);
    if (!wantedText.isEmpty()) {
        p->setFont(fontFor(Type::Caption));
        p->setPen(c.text2);
        drawElided(*p, wanted, Qt::AlignRight, wantedText);
    }
    if (bar)
        drawComparison(*p, QRectF(barBox), *finding->comparison, finding->verdict, c);
    if (option.state & QStyle::State_HasFocus)
        drawFocus(*p, QRectF(option.rect), c);
    p->restore();
}

FindingsList::FindingsList(Lang lang, QWidget *parent) : QListView(parent)
{
    m_model.setLanguage(lang);
    setModel(&m_model);
    setModelColumn(FindingsModel::TitleColumn);
    setItemDelegate(new FindingsDelegate(m_model, lang, this));
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setAccessibleName(Text{"所見", "Findings"}.in(lang));
    setFrameShape(QFrame::StyledPanel);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { emit findingSelected(); });
}

void FindingsList::show(const std::vector<Finding> &findings)
{
    m_model.show(findings);
    setVisible(!findings.empty());
    updateGeometry();
    if (!findings.empty())
        setCurrentIndex(m_model.index(0, FindingsModel::TitleColumn));
    emit findingSelected();
}

void FindingsList::showAgain(const std::vector<Finding> &findings)
{
    const Finding before = current() ? *current() : Finding();
    show(findings);
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row, FindingsModel::TitleColumn);
        const Finding &f = *m_model.finding(index);
        if (f.rule == before.rule && f.object == before.object && f.container == before.container
            && f.title.ja == before.title.ja)
            return setCurrentIndex(index);
    }
}

bool FindingsList::shows(const std::vector<Finding> &findings) const
{
    const auto of = [](const Finding &f) { return std::tie(f.rule, f.object, f.container, f.title.ja, f.verdict, f.waived); };
    if (int(findings.size()) != m_model.rowCount())
        return false;
    return std::ranges::all_of(findings, [&](const Finding &wanted) {
        for (int row = 0; row < m_model.rowCount(); ++row) {
            if (of(*m_model.finding(m_model.index(row, 0))) == of(wanted))
                return true;
        }
        return false;
    });
}

const Finding *FindingsList::current() const
{
    return m_model.finding(currentIndex());
}

void FindingsList::step(int by)
{
    const int row = std::clamp(currentIndex().row() + by, 0, std::max(0, m_model.rowCount() - 1));
    setCurrentIndex(m_model.index(row, FindingsModel::TitleColumn));
}

QSize FindingsList::sizeHint() const
{
    int height = 2 * frameWidth();
    for (int row = 0; row < m_model.rowCount(); ++row)
        height += sizeHintForRow(row);
    return {300, height};
}

} // namespace tenken
