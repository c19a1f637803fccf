// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/loadtest/fields.h>
#include <evidence/loadtest/jtltime.h>

#include <optional>
#include <string>
#include <string_view>

namespace tenken
{

/// Where a JTL's columns stand; −1: not in this file.
struct JtlColumns {
    char delimiter = ',';
    bool hasHeader = false;
    size_t count = 0; ///< fields that a row must have at least: up to the last column that is wanted
    int timeStamp = -1, elapsed = -1, responseCode = -1, responseMessage = -1;
    int dataType = -1, success = -1, allThreads = -1, url = -1, label = -1;
    int sampleCount = -1, errorCount = -1;
};

bool isJtlHeader(std::string_view line);

/// From the header, or without one from a first row that begins with epoch milliseconds and has true or false
/// where JMeter prints it. Nothing when it is neither, or lacks the time, the duration or the outcome.
std::optional<JtlColumns> findJtlColumns(std::string_view head);

/// Whether its dates have the day or the month first, by the rows in the head of the file.
JtlTimes::Order findJtlOrder(std::string_view head, const JtlColumns &columns);

/// A record of a JTL: a line, or several where a quoted field has line breaks.
struct JtlRecord {
    enum Kind {
        Whole,
        Stray, ///< a quote that nothing closes: only this one line is lost
        Open, ///< a quote that the text at hand does not close, nor shows that nothing will
    };
    Kind kind = Whole;
    size_t end = 0; ///< in the text, of its content
    size_t next = 0; ///< in the text, of the next record
    int lines = 1;
};
JtlRecord jtlRecordAt(std::string_view text, size_t begin, char delimiter);

/// One row taken apart. Quoted fields are unquoted; views are good until the next split.
class JtlFields
{
public:
    explicit JtlFields(char delimiter) : m_delimiter(delimiter) {}
    bool split(std::string_view row, size_t wanted); ///< false when the row has fewer fields than wanted
    bool splitPadded(std::string_view row, size_t wanted); ///< the same, faster: 64 readable bytes follow the row
    /// The same of the first line of a text, which has at least 64 readable bytes behind it. No answer to rely on
    /// where a quote is in the line.
    FirstLine splitFirst(std::string_view text, size_t wanted)
    {
        m_row = text.data();
        return m_ends.split(text, m_delimiter, wanted);
    }
    std::string_view operator[](size_t i) const { return m_ends.field(m_row, i); }
    size_t size() const { return m_ends.count(); }
    static bool openQuote(std::string_view row, char delimiter); ///< the row ends inside a quoted field

private:
    void copyUnquoted(std::string_view row);

    char m_delimiter;
    const char *m_row = nullptr; ///< whose ends of fields are known
    FieldEnds m_ends;
    std::string m_copy; ///< of a row whose quotes had to be undone, or with nothing readable behind it
};

} // namespace tenken
