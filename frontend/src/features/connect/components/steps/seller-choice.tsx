import { Radio } from "@mantine/core";
import type { Seller } from "../../api/types";
import classes from "../connect.module.css";

type Props = {
  sellers: readonly Seller[];
  /** Merchant token; "" where none was chosen. */
  chosen: string;
  fault: string | undefined;
  onChoose: (id: string) => void;
};

/** Which of several sellers, whose adverts one login is for, this account is of. The others' are left alone. */
export function SellerChoice({ sellers, chosen, fault, onChoose }: Props) {
  return (
    <Radio.Group label="Whose adverts" error={fault} value={chosen} onChange={onChoose}>
      <div className={classes.choices}>
        {sellers.map(({ id, store, marketplaces }) => (
          <Radio
            key={id}
            value={id}
            label={store === "" ? id : `${store} (${id})`}
            description={marketplaces.join(", ")}
          />
        ))}
      </div>
    </Radio.Group>
  );
}
