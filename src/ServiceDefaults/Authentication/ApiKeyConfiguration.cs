using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Waybill.ServiceDefaults.Authentication;

/// <summary>Reads the keys from the configuration and names every setting that is wrong.</summary>
internal static class ApiKeyConfiguration
{
    /// <exception cref="OptionsValidationException">Something is out of range or missing.</exception>
    /// <exception cref="InvalidOperationException">A value is not of its type, or a name is not known.</exception>
    public static ApiKeyOptions Read(IConfigurationSection section)
    {
        // Otherwise a key with a value that cannot be read would be left out without a word.
        var options = section.Get<ApiKeyOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new ApiKeyOptions();
        var ofKeys = options.Keys.Index().SelectMany(key => Errors(key.Item, $"{section.Path}:Keys:{key.Index} ('{key.Item.Name}')"));
        string[] errors = [.. Errors(options, section.Path), .. ofKeys];

        return errors.Length == 0 ? options : throw new OptionsValidationException(section.Path, typeof(ApiKeyOptions), errors);
    }

    private static IEnumerable<string> Errors(object settings, string path)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new ValidationContext(settings), results, validateAllProperties: true);

        return results.Select(result => $"{path}: {result.ErrorMessage}");
    }
}
