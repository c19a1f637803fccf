// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/text.h>

#include <QWidget>

#include <memory>

namespace tenken {

/// A PDF, page by page, from bytes at hand; nothing is fetched and no action in it runs. Pages are drawn off
/// the window's thread.
class PdfView : public QWidget
{
    Q_OBJECT
public:
    explicit PdfView(Lang lang, QWidget *parent = nullptr);
    ~PdfView() override;

    void setDocument(const QByteArray &pdf);
    int pageCount() const;
    int page() const;                       ///< index
    void showPage(int index);
    bool isDrawn() const;                   ///< the page that is shown has come

signals:
    void pageDrawn(int index);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool turn(int key);
    void draw();
    void tell();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace tenken
