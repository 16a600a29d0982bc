using System.Reflection;

namespace StandIns.Aspire.Tests;

/// <summary>Types as they are written in C#, without namespaces, with the question marks of nullable references.</summary>
internal static class TypeNames
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>With its namespace, for the type that declares a member.</summary>
    public static string Declared(Type type) =>
        type.IsNested ? $"{Declared(type.DeclaringType!)}.{Of(type)}" : $"{type.Namespace}.{Of(type)}";

    public static string Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return $"{Of(underlying)}?";
        }

        return Name(type, type.GetGenericArguments().Select(Of));
    }

    public static string Of(ParameterInfo parameter) => Of(Nullability.Create(parameter));

    public static string Of(PropertyInfo property) => Of(Nullability.Create(property));

    public static string Of(FieldInfo field) => Of(Nullability.Create(field));

    private static string Of(NullabilityInfo info)
    {
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;

        if (type.IsValueType || type.IsGenericParameter || info.Type.IsByRef)
        {
            return Of(type);
        }

        var name = info.ElementType is { } element ? $"{Of(element)}[]" : Name(type, info.GenericTypeArguments.Select(Of));
        var isNullable = info.ReadState == NullabilityState.Nullable || info.WriteState == NullabilityState.Nullable;
        return isNullable ? $"{name}?" : name;
    }

    private static string Name(Type type, IEnumerable<string> arguments)
    {
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!)}[]";
        }

        var simple = type.Name.Split('`')[0].TrimEnd('&');
        var written = arguments.ToList();
        return written.Count == 0 ? simple : $"{simple}<{string.Join(", ", written)}>";
    }
}
