// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/sourceview.h>

#include <parts/badgewidget.h>
#include <parts/elidedlabel.h>
#include <parts/icons.h>
#include <parts/sourceedit.h>
#include <parts/type.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStringDecoder>

#include <algorithm>

namespace tenken {

namespace {

constexpr int linesEachSide = 2'000;
constexpr qsizetype mostColumns = 4'000; ///< of one line: minified files exist

/// Path, digest and whether the file is still the one that was judged.
class SourceHeader : public QWidget
{
public:
    ElidedLabel *path, *digest;
    BadgeWidget *state;

    explicit SourceHeader(QWidget *parent)
        : QWidget(parent), path(new ElidedLabel(this)), digest(new ElidedLabel(this)), state(new BadgeWidget(this))
    {
        path->setFont(fontFor(Type::Code));
        path->setElideMode(Qt::ElideMiddle);
        digest->setFont(fontFor(Type::Code));
        digest->setForegroundRole(QPalette::PlaceholderText);
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(40, 0, 10, 0);
        row->setSpacing(12);
        row->addWidget(path, 1);
        row->addWidget(digest);
        row->addWidget(state);
        setFixedHeight(32);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter p(this);
        const Colours &c = coloursFor(palette());
        p.fillRect(rect(), c.window);
        p.fillRect(QRect(0, height() - 1, width(), 1), c.line);
        drawSign(p, QRectF(16, height() / 2.0 - 8, 16, 16), Sign::File, c.text2);
    }
};

QString decoded(const QByteArray &bytes)
{
    QStringDecoder utf8(QStringDecoder::Utf8);
    QString text = utf8(bytes);
    if (utf8.hasError())
        text = QString::fromLatin1(bytes);
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    return text;
}

QString shortDigest(const QByteArray &sha256)
{
    if (sha256.size() < 12)
        return QString::fromLatin1(sha256);
    return QStringLiteral("sha256 %1…%2").arg(QLatin1StringView(sha256.left(4)), QLatin1StringView(sha256.right(4)));
}

} // namespace

struct SourceView::Private {
    SourceHeader *header = nullptr;
    SourceEdit *edit = nullptr;
    Lang lang = Lang::Ja;
    QString path;
    QByteArray text, sha256;
    std::vector<SourceHighlight> marks;
    int allLines = 0;
    bool upToDate = true, cut = false;

    void fill(SourceView *view);
    void fillHeader();
};

void SourceView::Private::fillHeader()
{
    QString shown = path;
    if (cut)
        shown += Text{" (全 %1 行のうち %2–%3)", " (lines %2–%3 of %1)"}.arg(
            allLines, edit->firstLine(), edit->firstLine() + edit->document()->blockCount() - 1).in(lang);
    header->path->setText(shown);
    header->digest->setText(shortDigest(sha256));
    header->digest->setToolTip(QString::fromLatin1(sha256));
    header->state->setBadge(upToDate ? Glyph::Pass : Glyph::Stale,
                            (upToDate ? Text{"最新", "Current"} : Text{"変更あり", "Changed"}).in(lang));
    header->state->setVisible(!sha256.isEmpty());
}

void SourceView::Private::fill(SourceView *view)
{
    QStringList lines = decoded(text).split(QLatin1Char('\n'));
    if (lines.size() > 1 && lines.last().isEmpty())
        lines.removeLast(); // what follows the last line end is not a line
    allLines = int(lines.size());
    for (SourceHighlight &mark : marks) { // a file may have shrunk since it was judged
        mark.span.line = std::min(mark.span.line, allLines);
        mark.span.endLine = std::clamp(mark.span.endLine, mark.span.line, allLines);
        // A span that ends before the first column of a line does not reach into it.
        if (mark.span.endLine > mark.span.line && mark.span.endColumn == 1)
            --mark.span.endLine;
    }
    const int wanted = marks.empty() ? 1 : std::max(1, marks.front().span.line);
    int first = 1;
    cut = allLines > 2 * linesEachSide + 1;
    if (cut) {
        first = std::clamp(wanted - linesEachSide, 1, allLines - 2 * linesEachSide);
        lines = lines.mid(first - 1, 2 * linesEachSide + 1);
    }
    for (QString &line : lines)
        if (line.size() > mostColumns)
            line = line.left(mostColumns) + QStringLiteral(" …");
    edit->setDocumentTitle(path.section(QLatin1Char('/'), -1));
    edit->setSource(lines.join(QLatin1Char('\n')), first, marks, lang);
    edit->setFolds(SourceEdit::foldsBetween(marks));
    edit->scrollToLine(wanted);

    QStringList told;
    for (const SourceHighlight &mark : marks)
        if (mark.span.isValid())
            told.append(Text{"%1 行: %2", "Line %1: %2"}.arg(mark.span.line, mark.note).in(lang));
    view->setAccessibleName(path);
    edit->setAccessibleName(path);
    edit->setAccessibleDescription(told.join(QLatin1Char('\n')));
    fillHeader();
}

SourceView::SourceView(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    d->header = new SourceHeader(this);
    d->edit = new SourceEdit(this);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(d->header);
    all->addWidget(d->edit, 1);
    setFocusProxy(d->edit);
    d->fillHeader();
}

SourceView::~SourceView() = default;

void SourceView::setLanguage(Lang lang)
{
    d->lang = lang;
    d->fill(this);
}

void SourceView::showSource(const QString &path, const QByteArray &text, const QByteArray &sha256,
                            const std::vector<SourceHighlight> &marks)
{
    d->path = path;
    d->text = text;
    d->sha256 = sha256;
    d->marks = marks;
    d->upToDate = true;
    d->fill(this);
}

void SourceView::showFinding(const Finding &finding, const QByteArray &text, const QByteArray &sha256)
{
    showSource(finding.file, text, sha256, highlightsOf(finding, d->lang));
}

void SourceView::clear() { showSource({}, {}, {}, {}); }

void SourceView::setUpToDate(bool upToDate)
{
    d->upToDate = upToDate;
    d->fillHeader();
}

void SourceView::setHeaderShown(bool shown) { d->header->setVisible(shown); }
void SourceView::setScale(qreal pixelSize) { d->edit->setTextSize(pixelSize); }
QString SourceView::path() const { return d->path; }
int SourceView::firstShownLine() const { return d->edit->firstLine(); }
int SourceView::topLine() const { return d->edit->topLine(); }

QStringList SourceView::foldedRanges() const
{
    QStringList ranges;
    for (const SourceEdit::Fold &fold : d->edit->folds())
        ranges.append(QStringLiteral("%1–%2").arg(fold.first).arg(fold.last));
    return ranges;
}

void SourceView::unfoldAll() { d->edit->setFolds({}); }
void SourceView::scrollToLine(int line) { d->edit->scrollToLine(line); }

void SourceView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && d->edit) {
        d->edit->applyColours(coloursFor(palette())); // the edit's own palette changes after ours
        d->fillHeader();
    }
    QWidget::changeEvent(event);
}

QString shortComparison(const Finding &finding, Lang lang)
{
    const QString measured = finding.measured.in(lang);
    QString wanted = finding.wanted.in(lang);
    if (measured.isEmpty() || wanted.isEmpty() || finding.verdict != Verdict::Fail || !finding.comparison)
        return measured;
    // A failing "30 s" against "≥ 45 s" reads "30 s < 45 s".
    const std::pair<QChar, QChar> contradictions[] = {{u'≥', u'<'}, {u'≤', u'>'}, {u'>', u'≤'}, {u'<', u'≥'}, {u'=', u'≠'}};
    for (const auto &[relation, opposite] : contradictions)
        if (wanted.startsWith(relation))
            return QStringLiteral("%1 %2 %3").arg(measured, opposite, wanted.mid(1).trimmed());
    return measured;
}

std::vector<SourceHighlight> highlightsOf(const Finding &finding, Lang lang)
{
    std::vector<SourceHighlight> marks;
    if (finding.span.isValid()) {
        // n/a has no colour of its own here; the neutral mark shows the place.
        const QString note = finding.verdict == Verdict::NotApplicable ? QString() : shortComparison(finding, lang);
        marks.push_back({finding.span, finding.verdict, note});
    }
    for (const SourceMark &mark : finding.marks)
        if (mark.span.isValid() && (mark.file.isEmpty() || mark.file == finding.file))
            marks.push_back({mark.span, Verdict::NotApplicable, mark.note.in(lang)});
    return marks;
}

} // namespace tenken
