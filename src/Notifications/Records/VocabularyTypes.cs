using System.Reflection;

namespace Waybill.Notifications.Records;

/// <summary>Vocabularies by reflection, which a program that is compiled ahead of time has to do without.</summary>
public static class VocabularyTypes
{
    /// <summary>The words of a type that is known at run time only; null when it is no vocabulary.</summary>
    public static IReadOnlyList<string>? TextsOf(Type type)
    {
        var word = Nullable.GetUnderlyingType(type) ?? type;

        return word.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IVocabulary<>))
            ? (IReadOnlyList<string>)typeof(Vocabulary).GetMethod(nameof(Vocabulary.Texts), BindingFlags.Static | BindingFlags.Public)!.MakeGenericMethod(word).Invoke(null, null)!
            : null;
    }
}
