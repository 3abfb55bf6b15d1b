import { Checkbox } from "@mantine/core";
import type { Place } from "../../api/types";
import classes from "../connect.module.css";

type Props = { places: readonly Place[]; disabled?: boolean; onChange: (places: Place[]) => void };

/** Which marketplaces are followed. Of several advertiser profiles for one marketplace only one can be. */
export function Places({ places, disabled = false, onChange }: Props) {
  const set = (changed: Place, wanted: boolean) =>
    onChange(
      places.map((place) => {
        if (place === changed) return { ...place, wanted };
        return wanted && place.code === changed.code ? { ...place, wanted: false } : place;
      }),
    );
  return (
    <fieldset className={classes.places}>
      <legend>Which marketplaces to follow</legend>
      {places.map((place) => (
        <Checkbox
          key={`${place.code} ${place.profile}`}
          label={place.profile === "" ? place.title : `${place.title}, profile ${place.profile}`}
          description={note(place)}
          checked={place.wanted}
          disabled={disabled || !place.known}
          onChange={(event) => set(place, event.currentTarget.checked)}
        />
      ))}
    </fieldset>
  );
}

function note({ known, suspended }: Place): string | undefined {
  if (!known) return "Purser does not know it and cannot read it";
  return suspended ? "Amazon has suspended the listings there" : undefined;
}
