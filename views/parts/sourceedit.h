// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/colours.h>
#include <parts/sourceview.h>

#include <QPlainTextEdit>
#include <QTextBlock>

namespace tenken {

/// The text of a source view: a read-only editor with a gutter, lines of equal height whatever their script, marked
/// and folded lines. Blocks count from 0, lines of the file from 1; the first block is line `firstLine`.
class SourceEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    struct Fold {
        int first = 0, last = 0;        ///< lines of the file; the first one becomes the row that says so
    };

    explicit SourceEdit(QWidget *parent = nullptr);
    ~SourceEdit() override;

    void setSource(const QString &text, int firstLine, const std::vector<SourceHighlight> &marks, Lang lang);
    void setFolds(const std::vector<Fold> &folds);
    const std::vector<Fold> &folds() const { return m_folds; }
    void unfold(int line);              ///< the fold that hides this line
    void scrollToLine(int line);        ///< so that it sits in the upper third
    int topLine() const;
    int firstLine() const { return m_firstLine; }
    int gutterWidth() const;
    void applyColours(const Colours &colours);
    void setTextSize(qreal pixelSize);  ///< instead of the screen's, for the projector

    /// Folds between marks that are far apart: what follows a mark for four lines and what precedes one stays.
    static std::vector<Fold> foldsBetween(const std::vector<SourceHighlight> &marks);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    class Gutter;
    class Highlighter;

    int lineOf(const QTextBlock &block) const { return block.blockNumber() + m_firstLine; }
    QTextBlock blockOf(int line) const;
    const SourceHighlight *markAt(int line) const;
    const Fold *foldStartingAt(int line) const;
    void paintGutter(QPainter &p, const QRect &box);
    void paintGround(QPainter &p);
    void paintNotes(QPainter &p);
    template<typename Each>
    void forEachShownBlock(Each each) const;

    Gutter *m_gutter;
    Highlighter *m_highlighter;
    std::vector<SourceHighlight> m_marks;
    std::vector<Fold> m_folds;
    Lang m_lang = Lang::Ja;
    int m_firstLine = 1;
    int m_wantedLine = 0;               ///< kept in place until the person scrolls
    int m_captionSize = 0;              ///< of notes in px; 0: the screen's
};

} // namespace tenken
