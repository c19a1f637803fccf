// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/sourceedit.h>

#include <parts/sourcegutter.h>
#include <parts/sourcehighlighter.h>
#include <parts/type.h>

#include <QCoreApplication>
#include <QPlainTextDocumentLayout>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>
#include <cmath>

namespace tenken {

namespace {

constexpr int linesAfterMark = 4, linesBeforeMark = 1, leastFolded = 4;

qreal evenHeight(const QFont &font) { return std::round(QFontMetricsF(font).height() * 1.16); }

/// Lines of equal height: Japanese in a comment must not push the lines apart.
class EvenLayout : public QPlainTextDocumentLayout
{
public:
    EvenLayout(QTextDocument *document, qreal height) : QPlainTextDocumentLayout(document), m_height(height) { }

    QRectF blockBoundingRect(const QTextBlock &block) const override
    {
        QRectF box = QPlainTextDocumentLayout::blockBoundingRect(block);
        if (!block.isValid() || !block.isVisible() || block.layout()->lineCount() != 1)
            return box;
        QTextLine line = block.layout()->lineAt(0);
        line.setPosition({line.position().x(), std::round((m_height - line.height()) / 2)});
        box.setHeight(m_height);
        return box;
    }

    void setHeight(qreal height) { m_height = height; }

private:
    qreal m_height;
};

} // namespace

SourceEdit::SourceEdit(QWidget *parent)
    : QPlainTextEdit(parent), m_gutter(new Gutter(this)), m_highlighter(nullptr)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(NoFrame);
    setLineWrapMode(NoWrap);
    setFont(fontFor(Type::Code));
    setAttribute(Qt::WA_InputMethodEnabled, false); // or a Japanese input method swallows the window's keys
    auto *text = new QTextDocument(this);
    text->setDefaultFont(font());
    text->setDocumentMargin(2);
    text->setDocumentLayout(new EvenLayout(text, evenHeight(font())));
    setDocument(text);
    m_highlighter = new Highlighter(text);
    setViewportMargins(gutterWidth(), 0, 0, 0);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &, int) { m_gutter->update(); });
    connect(verticalScrollBar(), &QScrollBar::sliderPressed, this, [this] { m_wantedLine = 0; });
    applyColours(coloursFor(palette()));
}

SourceEdit::~SourceEdit() = default;

void SourceEdit::setSource(const QString &text, int firstLine, const std::vector<SourceHighlight> &marks, Lang lang)
{
    m_marks = marks;
    m_folds.clear();
    m_lang = lang;
    m_firstLine = firstLine;
    m_highlighter->setFile(documentTitle());
    // It put off highlighting the next line, of the text that is about to go.
    QCoreApplication::removePostedEvents(m_highlighter, QEvent::MetaCall);
    setPlainText(text);
    setViewportMargins(gutterWidth(), 0, 0, 0);
    m_gutter->setGeometry(0, 0, gutterWidth(), height());
}

void SourceEdit::applyColours(const Colours &colours)
{
    m_highlighter->setColours(colours);
    m_highlighter->rehighlight();
    viewport()->update();
    m_gutter->update();
}

void SourceEdit::setTextSize(qreal pixelSize)
{
    QFont font = fontFor(Type::Code);
    font.setPixelSize(std::max(1, qRound(pixelSize)));
    if (font == this->font())
        return;
    m_captionSize = font.pixelSize();
    setFont(font);
    document()->setDefaultFont(font);
    static_cast<EvenLayout *>(document()->documentLayout())->setHeight(evenHeight(font));
    setViewportMargins(gutterWidth(), 0, 0, 0);
    document()->markContentsDirty(0, document()->characterCount());
    if (m_wantedLine > 0)
        scrollToLine(m_wantedLine);
}

QTextBlock SourceEdit::blockOf(int line) const { return document()->findBlockByNumber(line - m_firstLine); }

const SourceHighlight *SourceEdit::markAt(int line) const
{
    // A contributing line may lie inside the failing one's span; the verdict wins.
    const SourceHighlight *found = nullptr;
    for (const SourceHighlight &mark : m_marks)
        if (line >= mark.span.line && line <= std::max(mark.span.line, mark.span.endLine))
            if (!found || mark.verdict != Verdict::NotApplicable)
                found = &mark;
    return found;
}

const SourceEdit::Fold *SourceEdit::foldStartingAt(int line) const
{
    const auto found = std::ranges::find(m_folds, line, &Fold::first);
    return found == m_folds.end() ? nullptr : &*found;
}

std::vector<SourceEdit::Fold> SourceEdit::foldsBetween(const std::vector<SourceHighlight> &marks)
{
    std::vector<std::pair<int, int>> spans;
    for (const SourceHighlight &mark : marks)
        if (mark.span.isValid())
            spans.emplace_back(mark.span.line, std::max(mark.span.line, mark.span.endLine));
    std::ranges::sort(spans);
    std::vector<Fold> folds;
    int shownUntil = spans.empty() ? 0 : spans.front().second;
    for (const auto &[from, to] : spans) {
        const Fold fold{shownUntil + linesAfterMark + 1, from - linesBeforeMark - 1};
        if (fold.last - fold.first + 1 >= leastFolded)
            folds.push_back(fold);
        shownUntil = std::max(shownUntil, to);
    }
    return folds;
}

void SourceEdit::setFolds(const std::vector<Fold> &folds)
{
    m_folds = folds;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        const int line = lineOf(block);
        const bool hidden = std::ranges::any_of(folds, [&](const Fold &f) { return line > f.first && line <= f.last; });
        block.setVisible(!hidden);
        block.setLineCount(hidden ? 0 : 1);
    }
    document()->markContentsDirty(0, document()->characterCount());
    emit document()->documentLayout()->documentSizeChanged(document()->documentLayout()->documentSize());
    viewport()->update();
    m_gutter->update();
}

void SourceEdit::unfold(int line)
{
    std::vector<Fold> rest = m_folds;
    std::erase_if(rest, [line](const Fold &f) { return line >= f.first && line <= f.last; });
    if (rest.size() != m_folds.size())
        setFolds(rest);
}

void SourceEdit::scrollToLine(int line)
{
    const QTextBlock block = blockOf(line);
    if (!block.isValid())
        return;
    if (!block.isVisible())
        unfold(line);
    m_wantedLine = line;
    const qreal height = document()->documentLayout()->blockBoundingRect(document()->begin()).height();
    const int shown = int(viewport()->height() / std::max<qreal>(1, height));
    verticalScrollBar()->setValue(std::max(0, block.firstLineNumber() - shown / 4));
    setTextCursor(QTextCursor(block));
    verticalScrollBar()->setValue(std::max(0, block.firstLineNumber() - shown / 4));
}

int SourceEdit::topLine() const { return lineOf(firstVisibleBlock()); }

int SourceEdit::gutterWidth() const
{
    const int last = m_firstLine + document()->blockCount();
    const int digits = std::max<int>(3, int(QString::number(last).size()));
    return 16 + QFontMetrics(font()).horizontalAdvance(QLatin1Char('9')) * digits + 10;
}

void SourceEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    m_gutter->setGeometry(0, 0, gutterWidth(), height());
    if (m_wantedLine > 0)
        scrollToLine(m_wantedLine);
}

void SourceEdit::mousePressEvent(QMouseEvent *event)
{
    const int line = lineOf(cursorForPosition(event->position().toPoint()).block());
    if (foldStartingAt(line))
        return unfold(line);
    m_wantedLine = 0;
    QPlainTextEdit::mousePressEvent(event);
}

void SourceEdit::wheelEvent(QWheelEvent *event)
{
    m_wantedLine = 0;
    QPlainTextEdit::wheelEvent(event);
}

void SourceEdit::keyPressEvent(QKeyEvent *event)
{
    const int line = lineOf(textCursor().block());
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Space) && foldStartingAt(line))
        return unfold(line);
    // Letters belong to the window: a read-only text has no use for them.
    if (!event->text().isEmpty() && event->text().front().isPrint() && !(event->modifiers() & Qt::ControlModifier))
        return event->ignore();
    m_wantedLine = 0;
    QPlainTextEdit::keyPressEvent(event);
}

} // namespace tenken
