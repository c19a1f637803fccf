// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/finding.h>

#include <QWidget>

#include <memory>

namespace tenken {

/// Lines of a source file that a finding stands on.
struct SourceHighlight {
    Span span;
    Verdict verdict = Verdict::NotApplicable;   ///< fail, warn …: a badge; n/a: a neutral mark with the note in grey
    QString note;                               ///< "30 s < 45 s", "+20 s を消費"
};

/// A file as it was read, with line numbers, our syntax colours, marked lines and far-away lines folded.
class SourceView : public QWidget
{
    Q_OBJECT
public:
    explicit SourceView(QWidget *parent = nullptr);
    ~SourceView() override;

    void setLanguage(Lang lang);
    /// Shows a text and scrolls so that the first mark sits in the upper third. Of a big file only the lines
    /// around the first mark are shown (2,000 on each side), and the header says so.
    void showSource(const QString &path, const QByteArray &text, const QByteArray &sha256,
                    const std::vector<SourceHighlight> &marks);
    /// The same for the places of a finding in its file.
    void showFinding(const Finding &finding, const QByteArray &text, const QByteArray &sha256);
    void clear();
    void setUpToDate(bool upToDate);            ///< false: the file changed since it was read
    void setHeaderShown(bool shown);
    void setScale(qreal pixelSize);             ///< of the text, for the projector

    QString path() const;
    int firstShownLine() const;                 ///< of the file, where the window of a big file begins
    int topLine() const;                        ///< the line at the top of the view now
    QStringList foldedRanges() const;           ///< "46–55"
    void unfoldAll();
    void scrollToLine(int line);

signals:
    void openRequested(const QString &path, int line);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// "30 s < 45 s": measured against wanted as the contradiction it is.
QString shortComparison(const Finding &finding, Lang lang);

/// The places of a finding in its own file: its span with its verdict, then the lines that contribute.
std::vector<SourceHighlight> highlightsOf(const Finding &finding, Lang lang);

} // namespace tenken
