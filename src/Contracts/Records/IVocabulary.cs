namespace Waybill.Notifications.Records;

/// <summary>
/// A closed list of words that a later release may add to. Releases mix: a word that this one does not know is read, kept, stored and
/// shown as it is, and is equal to itself and to nothing else.
/// </summary>
public interface IVocabulary<TSelf>
    where TSelf : struct, IVocabulary<TSelf>
{
    /// <summary>The words of this release.</summary>
    static abstract IReadOnlyList<TSelf> Known { get; }

    /// <summary>Any word, as another release may have written it. What a client asks for is read by <see cref="Vocabulary.TryParse"/>.</summary>
    static abstract TSelf Of(string text);

    /// <summary>The stored and published spelling.</summary>
    string Text();
}
